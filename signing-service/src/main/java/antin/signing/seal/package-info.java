/** Sealing with an agency's key: the use case, its rules, and the rows that remember each seal. */
@NullMarked
package antin.signing.seal;

import org.jspecify.annotations.NullMarked;
