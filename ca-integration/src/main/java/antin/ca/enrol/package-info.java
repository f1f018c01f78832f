/** The asking side of a certificate: a key that is made here, its request (PKCS#10), and the file (PKCS#12) that holds both once it is granted. For who may not know Bouncy Castle. */
@NullMarked
package antin.ca.enrol;

import org.jspecify.annotations.NullMarked;
