/** The pages of people and of agencies' administrators for certificates issued elsewhere, and the door for the browser's bridge to a token. */
@NullMarked
package antin.backbone.external.page;

import org.jspecify.annotations.NullMarked;
