/** What a signature is asked to be and what a validation tells, and the ports that do both. Knows neither HTTP nor the library underneath. */
@NullMarked
package antin.signing.signature;

import org.jspecify.annotations.NullMarked;
