/** Sets up OpenDJ, the directory engine, for one machine: unpacked, configured, filled and ready to start. It runs in a process of its own; its class path is never ours. */
@NullMarked
package antin.directory.opendj;

import org.jspecify.annotations.NullMarked;
