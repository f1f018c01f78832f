/** The doors to what certificates are worth: OCSP, CRLs, the authorities' certificates and time stamps, over plain HTTP since every answer is signed. {@link antin.backbone.status.StatusFeed} keeps a copy of what {@code ca} knows, so that answers go on without it. */
@NullMarked
package antin.backbone.status;

import org.jspecify.annotations.NullMarked;
