/** The audit log of a process: hash-chained lines, durable before the act is answered, signed heads each minute, and the check of all that. */
@NullMarked
package antin.kernel.audit;

import org.jspecify.annotations.NullMarked;
