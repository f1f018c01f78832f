/** The ports {@link antin.kernel.key.SigningKey}, {@link antin.kernel.key.DecryptionKey} and {@link antin.kernel.key.KeyRing}: who uses a key need not know where the key lies. Adapters are in {@code keys}. */
@NullMarked
package antin.kernel.key;

import org.jspecify.annotations.NullMarked;
