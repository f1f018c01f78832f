/** Keys in PKCS#12 files (RFC 7292), one file a key: for places without an HSM. Whoever reads the folder and the password file has the keys. */
@NullMarked
package antin.keys.pkcs12;

import org.jspecify.annotations.NullMarked;
