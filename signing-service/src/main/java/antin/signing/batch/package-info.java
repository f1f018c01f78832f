/** Batches: up to ten thousand documents sealed in the background, each exactly once, and told by web hooks. */
@NullMarked
package antin.signing.batch;

import org.jspecify.annotations.NullMarked;
