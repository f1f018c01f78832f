/** Cryptographic messages for S/MIME (RFC 8551): signatures by mail keys, and what was encrypted to them. The only place of Bouncy Castle's CMS; the mail server asks for it and never has a key. */
@NullMarked
package antin.signing.cms;

import org.jspecify.annotations.NullMarked;
