/** The process for signatures, seals and validation. */
@NullMarked
package antin.signing;

import org.jspecify.annotations.NullMarked;
