/** Key rings: agencies' keys on a PKCS#11 token, or in PKCS#12 files. */
@NullMarked
package antin.keys;

import org.jspecify.annotations.NullMarked;
