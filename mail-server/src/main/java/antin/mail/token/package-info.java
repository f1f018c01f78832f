/** Access tokens of our issuer as a way into a mailbox: the issuer's keys, what a token must say, and whose mailbox it opens. */
@NullMarked
package antin.mail.token;

import org.jspecify.annotations.NullMarked;
