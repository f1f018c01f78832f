package antin.signing.hook;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * An address that an administrator registered.
 *
 * @param secretFile the key of the HMAC, shared with the receiver
 * @param clients    who may name it, by client id
 * @param trustFile  authorities of the receiver's certificate, in PEM; those of the JDK where empty
 */
public record Hook(String name, URI url, Path secretFile, Set<String> clients, Optional<Path> trustFile) {

    public Hook {
        clients = Set.copyOf(clients);
    }
}
