/** What administrators see of certificates issued elsewhere. */
@NullMarked
package antin.backbone.external.admin;

import org.jspecify.annotations.NullMarked;
