/** ManageSieve (RFC 5804): how mail programs keep their owner's filter scripts here. */
@NullMarked
package antin.mail.managesieve;

import org.jspecify.annotations.NullMarked;
