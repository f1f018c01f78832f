/** The certification authorities of an installation: root, issuing, and the internal one for the processes themselves. The place where Bouncy Castle makes certificates (RFC 5280). */
@NullMarked
package antin.ca;

import org.jspecify.annotations.NullMarked;
