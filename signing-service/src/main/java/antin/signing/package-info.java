/** The process for signatures, seals and validation: its settings, its list of parts, its database. What it does is in the packages below. */
@NullMarked
package antin.signing;

import org.jspecify.annotations.NullMarked;
