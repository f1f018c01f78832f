/** What the operator of the machine asks for by {@code ./antin admin}: whoever can read the launcher's key. */
@NullMarked
package antin.backbone.operator;

import org.jspecify.annotations.NullMarked;
