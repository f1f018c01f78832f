/** Access tokens (RFC 9068): whose keys sign them, and what one must say to be taken here. */
@NullMarked
package antin.signing.token;

import org.jspecify.annotations.NullMarked;
