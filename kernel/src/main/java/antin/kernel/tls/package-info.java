/** Mutual TLS between our own processes: identities under the internal CA, peers known by URI SAN ({@code antin:NAME}), never by person's certificates. */
@NullMarked
package antin.kernel.tls;

import org.jspecify.annotations.NullMarked;
