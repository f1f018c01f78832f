/** The journeys, over the real protocols against the real processes, by tools that are not ours. They know the product by its commands, ports and files only. */
@NullMarked
package antin.acceptance;

import org.jspecify.annotations.NullMarked;
