/** The ports {@link antin.kernel.key.SigningKey} and {@link antin.kernel.key.KeyRing}: who signs need not know where the key lies. Adapters are in {@code keys}. */
@NullMarked
package antin.kernel.key;

import org.jspecify.annotations.NullMarked;
