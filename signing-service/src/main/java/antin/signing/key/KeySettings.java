package antin.signing.key;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import antin.keys.KeyName;
import antin.keys.pkcs11.Pkcs11Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the keys lie: {@code key-ring}, and the keys that begin with {@code pkcs11.} or {@code pkcs12.}. */
public sealed interface KeySettings {

    /** A folder of PKCS#12 files. */
    record Pkcs12Folder(Path folder, Path passwordFile) implements KeySettings {
    }

    /** Tokens of PKCS#11 libraries, by the names of their devices, in the order of the configuration. New keys are made on the first. */
    record Pkcs11Devices(Map<String, Pkcs11Settings> devices) implements KeySettings {
    }

    /** Both kinds may be configured; one is used. */
    static KeySettings read(Settings file) {
        Pkcs12Folder folder = new Pkcs12Folder(file.path("pkcs12.folder", "keys"), file.path("pkcs12.password-file", "secrets/signing-keys.password"));
        String kind = file.text("key-ring", "pkcs12");
        // The launcher writes the keys of a single token, and adds those that are missing: beside a list of devices they mean nothing.
        boolean used = kind.equals("pkcs11");
        List<String> names = file.list("pkcs11.devices");
        Map<String, Pkcs11Settings> devices = new LinkedHashMap<>();
        names.forEach(name -> devices.put(KeyName.checked(name), device(file, "pkcs11." + name, used)));
        if (devices.size() != names.size()) {
            throw new Problem(Kind.MISCONFIGURED, "The key pkcs11.devices names a device twice.");
        }
        Pkcs11Settings single = device(file, "pkcs11", used && names.isEmpty());
        return switch (kind) {
            case "pkcs12" -> folder;
            case "pkcs11" -> new Pkcs11Devices(names.isEmpty() ? Map.of("token", single) : devices);
            default -> throw new Problem(Kind.MISCONFIGURED, "The key key-ring must be pkcs12 or pkcs11, and is \"" + kind + "\".");
        };
    }

    private static Pkcs11Settings device(Settings file, String prefix, boolean used) {
        String library = file.text(prefix + ".library", "");
        if (used && library.isEmpty()) {
            throw new Problem(Kind.MISCONFIGURED, "The key " + prefix + ".library is missing; key-ring=pkcs11 needs it.");
        }
        int sessions = file.number(prefix + ".sessions", Pkcs11Settings.USUAL_SESSIONS);
        if (sessions < 1) {
            throw new Problem(Kind.MISCONFIGURED, "The key " + prefix + ".sessions must be a number above 0.");
        }
        return new Pkcs11Settings(Path.of(library), file.text(prefix + ".token", "antin"), file.path(prefix + ".pin-file", "secrets/pkcs11.pin"), sessions,
            file.duration(prefix + ".patience", Pkcs11Settings.USUAL_PATIENCE));
    }
}
