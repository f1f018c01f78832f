/** People and units as every process sees them: the {@link antin.directory.Directory} port and its words. Adapters live below. */
@NullMarked
package antin.directory;

import org.jspecify.annotations.NullMarked;
