/** An invented city of any size, the same bytes for the same seed: what import, benchmarks and load tests are fed. No name in it is anybody's. */
@NullMarked
package antin.directory.generator;

import org.jspecify.annotations.NullMarked;
