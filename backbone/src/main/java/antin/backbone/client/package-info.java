/** Pages on which the city's administrators register the programs that log people in by us, or that act for themselves. Behind the gate of the other pages of administration. */
@NullMarked
package antin.backbone.client;

import org.jspecify.annotations.NullMarked;
