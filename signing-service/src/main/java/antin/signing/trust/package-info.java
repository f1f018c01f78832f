/** Whom the service believes, as the operator configures it: the city's own roots, outside authorities, trusted lists, time-stamping authorities. */
@NullMarked
package antin.signing.trust;

import org.jspecify.annotations.NullMarked;
