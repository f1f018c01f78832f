/** Tokens through PKCS#11: which are there, what their certificates are for, and signing with them. Only here is the wrapper known, and nothing here knows a page or a window. */
@NullMarked
package antin.bridge.token;

import org.jspecify.annotations.NullMarked;
