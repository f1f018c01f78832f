/** The authority in another process: what {@code ca} serves on its internal port, and the adapter that asks there. Both speak the same few JSON messages. */
@NullMarked
package antin.ca.remote;

import org.jspecify.annotations.NullMarked;
