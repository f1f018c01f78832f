/** What other processes of ours ask for, on a port of its own with mutual TLS: the mail server's signatures and decryption. */
@NullMarked
package antin.signing.internal;

import org.jspecify.annotations.NullMarked;
