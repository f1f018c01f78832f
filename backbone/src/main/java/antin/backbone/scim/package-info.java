/**
 * SCIM (RFC 7643, 7644): how other systems look up units, read-only for now. The little of the protocol that is needed is written
 * out here: the common libraries bring a second JSON library and JAX-RS, or a licence that does not fit.
 */
@NullMarked
package antin.backbone.scim;

import org.jspecify.annotations.NullMarked;
