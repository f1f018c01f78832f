/**
 * The recovery archive of keys for decrypting mail, which would otherwise be lost with their owners' devices. What is sealed for it lies elsewhere, and opens only with the key that
 * this process holds. Signing keys never come here: nobody but their owner may ever have one.
 */
@NullMarked
package antin.ca.recovery;

import org.jspecify.annotations.NullMarked;
