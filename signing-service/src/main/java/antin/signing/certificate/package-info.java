/** Certificates for keys that this service has made: the request, and asking backbone for it. */
@NullMarked
package antin.signing.certificate;

import org.jspecify.annotations.NullMarked;
