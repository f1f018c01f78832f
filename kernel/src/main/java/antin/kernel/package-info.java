/** Words that every process shares: problems, secrets in files, management pages. Knows the JDK, JSpecify and slf4j, and nothing of ours. */
@NullMarked
package antin.kernel;

import org.jspecify.annotations.NullMarked;
