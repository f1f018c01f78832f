/** Keys on a PKCS#11 token: an HSM, a USB token, SoftHSM. The private part is made there and never leaves; whoever has the PIN can use it, not take it. */
@NullMarked
package antin.keys.pkcs11;

import org.jspecify.annotations.NullMarked;
