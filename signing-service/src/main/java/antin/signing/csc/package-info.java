/** The Cloud Signature Consortium's interface, API version 2.0.0.2, at {@code /csc/v2}: signing with keys that lie here, for people and for systems. */
@NullMarked
package antin.signing.csc;

import org.jspecify.annotations.NullMarked;
