/** A process's one small configuration file: typed reading, clear refusals. An unknown key refuses to start. */
@NullMarked
package antin.kernel.config;

import org.jspecify.annotations.NullMarked;
