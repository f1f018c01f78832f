/** Web hooks: what a client is told at an address that an administrator registered. An outbox in the database, so that nothing that happened stays untold. */
@NullMarked
package antin.signing.hook;

import org.jspecify.annotations.NullMarked;
