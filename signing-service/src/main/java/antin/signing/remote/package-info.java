/**
 * Keys that this service holds for people, and authorisations: which hashes a key may sign, each once and soon. A person's key is used only after that person has shown a second factor for
 * these hashes; that gives sole control at level 1 of EN 419 241-1 (SCAL1), as docs/csc.md explains.
 */
@NullMarked
package antin.signing.remote;

import org.jspecify.annotations.NullMarked;
