/** What needs both the directory and the authority: certificates for the sample city's keys, and taking certificates back. Names come from the directory, never from who asks. */
@NullMarked
package antin.backbone.certificates;

import org.jspecify.annotations.NullMarked;
