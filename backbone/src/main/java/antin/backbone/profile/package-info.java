/** What people keep up to date about themselves: phones, language, photo. */
@NullMarked
package antin.backbone.profile;

import org.jspecify.annotations.NullMarked;
