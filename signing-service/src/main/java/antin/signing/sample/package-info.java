/** The sample city's seal keys: made and certified at the first start. */
@NullMarked
package antin.signing.sample;

import org.jspecify.annotations.NullMarked;
