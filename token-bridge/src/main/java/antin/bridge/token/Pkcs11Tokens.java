package antin.bridge.token;

import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.PKCS11Module;
import org.xipki.pkcs11.wrapper.Slot;
import org.xipki.pkcs11.wrapper.StaticLogger;

/** Tokens through the makers' libraries that are allowed. A library that is not installed, or does not start, is left out. */
public final class Pkcs11Tokens implements Tokens {

    private final List<PKCS11Module> modules;

    private Pkcs11Tokens(List<PKCS11Module> modules) {
        this.modules = modules;
    }

    /** Loads those of {@code allowed} that are there. Only what an administrator or this program's list names is ever loaded: a library runs with all rights of the person. */
    public static Pkcs11Tokens load(List<Path> allowed) {
        StaticLogger.setLogger(new Silence());
        List<PKCS11Module> modules = new ArrayList<>();
        Set<Path> loaded = new HashSet<>();
        for (Path library : allowed) {
            if (Files.isReadable(library) && loaded.add(real(library))) {
                load(library).ifPresent(modules::add);
            }
        }
        if (modules.isEmpty()) {
            throw new Refused(Reason.NO_MODULE);
        }
        return new Pkcs11Tokens(modules);
    }

    @Override
    public List<Token> present() {
        List<Token> tokens = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (PKCS11Module module : modules) {
            for (Slot slot : slots(module)) {
                token(slot).filter(token -> seen.add(token.identity())).ifPresent(tokens::add);
            }
        }
        return tokens;
    }

    @Override
    public void close() {
        for (PKCS11Module module : modules) {
            try {
                module.finalize(null);
            } catch (PKCS11Exception e) {
                // the process ends, and the library with it
            }
        }
    }

    private static Optional<PKCS11Module> load(Path library) {
        try {
            PKCS11Module module = PKCS11Module.getInstance(library.toString());
            initialize(module);
            return Optional.of(module);
        } catch (IOException | PKCS11Exception | UnsatisfiedLinkError e) {
            System.err.println("The PKCS#11 library " + library + " does not start: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static void initialize(PKCS11Module module) throws PKCS11Exception {
        try {
            module.initialize();
        } catch (PKCS11Exception e) {
            if (e.getErrorCode() != PKCS11Constants.CKR_CRYPTOKI_ALREADY_INITIALIZED) {
                throw e;
            }
        }
    }

    private static Slot[] slots(PKCS11Module module) {
        try {
            return module.getSlotList(true);
        } catch (PKCS11Exception e) {
            return new Slot[0]; // no reader, or its service is not running
        }
    }

    /** Empty where the token is gone, broken, or new from the factory. */
    private static Optional<Pkcs11Token> token(Slot slot) {
        try {
            return slot.getToken().getTokenInfo().isTokenInitialized() ? Optional.of(new Pkcs11Token(slot)) : Optional.empty();
        } catch (PKCS11Exception e) {
            return Optional.empty();
        }
    }

    private static Path real(Path library) {
        try {
            return library.toRealPath();
        } catch (IOException e) {
            return library;
        }
    }
}
