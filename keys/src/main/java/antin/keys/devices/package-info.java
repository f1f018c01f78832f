/** Several devices that hold the same keys, in front of which one ring stands: it spreads the load, goes on with the others where one fails, and takes that one in again when it answers. */
@NullMarked
package antin.keys.devices;

import org.jspecify.annotations.NullMarked;
