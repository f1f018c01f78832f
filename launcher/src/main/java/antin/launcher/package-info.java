/** Behind {@code ./antin}: the first run, the order in which processes start and stop, their health, and the sample's secrets. Knows the other processes by their programs and files only. */
@NullMarked
package antin.launcher;

import org.jspecify.annotations.NullMarked;
