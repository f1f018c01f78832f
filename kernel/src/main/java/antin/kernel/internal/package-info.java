/** Calls between our own processes: mutual TLS under the internal CA, a listener that knows which peer may call what, and a client for one peer. */
@NullMarked
package antin.kernel.internal;

import org.jspecify.annotations.NullMarked;
