/** Certificates for keys that are made in a token: the request (PKCS#10), and putting the certificate beside its key. Only here is Bouncy Castle known. */
@NullMarked
package antin.bridge.enrol;

import org.jspecify.annotations.NullMarked;
