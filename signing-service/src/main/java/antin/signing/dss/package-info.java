/** Signature formats and validation with the European Commission's DSS, of which no other package knows. Hostile documents end here as problems. */
@NullMarked
package antin.signing.dss;

import org.jspecify.annotations.NullMarked;
