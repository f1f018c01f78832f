/** What stands between the wire and James's parsers: strict lines, bounded literals, nothing carried over from before TLS, patience with an end. */
@NullMarked
package antin.mail.guard;

import org.jspecify.annotations.NullMarked;
