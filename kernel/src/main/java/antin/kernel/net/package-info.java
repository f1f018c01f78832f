/** Addresses and networks of clients, as configurations and logs write them. Nothing here asks a name server. */
@NullMarked
package antin.kernel.net;

import org.jspecify.annotations.NullMarked;
