/** Which pages may ask for what: by an administrator's policy, or by the person's own remembered answer. */
@NullMarked
package antin.bridge.origin;

import org.jspecify.annotations.NullMarked;
