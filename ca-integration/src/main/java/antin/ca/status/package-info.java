/** Answers about certificates, as engines without a network: OCSP (RFC 6960) and time stamps (RFC 3161), signed with delegated keys, never with an authority's own. Beside them the readers of time stamps that audit needs. */
@NullMarked
package antin.ca.status;

import org.jspecify.annotations.NullMarked;
