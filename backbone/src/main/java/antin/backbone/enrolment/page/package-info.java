/** Pages about certificates: one's own below {@code /account/certificates}, and the door for keys that a browser makes in a token. */
@NullMarked
package antin.backbone.enrolment.page;

import org.jspecify.annotations.NullMarked;
