/** Connections on which somebody logged in: who they are, and how they end before their time. */
@NullMarked
package antin.mail.session;

import org.jspecify.annotations.NullMarked;
