/** The whole directory in memory, for pages that search, count and show trees: {@link antin.directory.index.DirectoryIndex}. It decides nothing: rights are asked elsewhere. */
@NullMarked
package antin.directory.index;

import org.jspecify.annotations.NullMarked;
