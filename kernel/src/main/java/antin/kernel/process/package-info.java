/** What each of our processes is on the inside: parts that are closed in reverse, threads that go on until then, and a start that says why it fails. */
@NullMarked
package antin.kernel.process;

import org.jspecify.annotations.NullMarked;
