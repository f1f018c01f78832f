package antin.keys.pkcs11;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Opens the rings of several tokens. Those of one library share it, since a process initialises it once. */
public final class Pkcs11KeyRings {

    private Pkcs11KeyRings() {
    }

    /** In the order of {@code tokens}; all, or none. Refuses one token named twice: a wrong PIN would be sent to it twice. */
    public static List<Pkcs11KeyRing> open(List<Pkcs11Settings> tokens) {
        Map<Path, Library> libraries = new HashMap<>();
        List<Pkcs11KeyRing> rings = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        try {
            for (Pkcs11Settings settings : tokens) {
                if (!seen.add(settings.library().normalize() + " " + settings.token())) {
                    throw new Problem(Kind.MISCONFIGURED, "The token " + settings.token() + " of " + settings.library() + " is named twice. Name each device once.");
                }
                Library library = libraries.computeIfAbsent(settings.library().normalize(), Library::load);
                rings.add(new Pkcs11KeyRing(new TokenSessions(library, settings)));
            }
            return rings;
        } catch (RuntimeException e) {
            rings.forEach(Pkcs11KeyRing::close);
            libraries.values().forEach(Library::close);
            throw e;
        }
    }
}
