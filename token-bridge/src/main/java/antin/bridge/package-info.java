/** The program that a browser starts on a signer's desk: it hears pages through an extension and signs with a token. It knows nothing else of Ấn Tín. */
@NullMarked
package antin.bridge;

import org.jspecify.annotations.NullMarked;
