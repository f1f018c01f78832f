/** How this process answers the calls of our other processes: JSON in, JSON out, and every problem as a problem document. */
@NullMarked
package antin.backbone.calls;

import org.jspecify.annotations.NullMarked;
