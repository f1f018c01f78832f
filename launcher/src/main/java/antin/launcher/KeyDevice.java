package antin.launcher;

import antin.kernel.SecretFile;
import antin.kernel.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The PKCS#11 device that holds agencies' keys, fixed at the first run by {@code ANTIN_PKCS11}.
 *
 * @param library     its PKCS#11 library
 * @param token       the token's label; the sample's is random, so that no token of somebody else is ever tried with the sample's PIN
 * @param softHsmConf SoftHSM's configuration file, from the state folder unless absolute; empty for other devices
 */
record KeyDevice(String library, String token, Optional<String> softHsmConf) {

    private static final String PIN_FILE = "pkcs11.pin";
    private static final String OWN_CONF = "pkcs11/softhsm2.conf";

    /** Empty where the environment names no library. */
    static Optional<KeyDevice> named(Map<String, String> environment) {
        String library = environment.getOrDefault("ANTIN_PKCS11", "").strip();
        if (library.isEmpty()) {
            return Optional.empty();
        }
        Path file = Path.of(library);
        if (!file.isAbsolute() || !Files.isReadable(file)) {
            throw Refusal.of("ANTIN_PKCS11 must be the absolute path of a PKCS#11 library, such as /usr/lib/softhsm/libsofthsm2.so, and is " + library + ".");
        }
        boolean sample = !"off".equals(environment.get("ANTIN_SAMPLE"));
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        boolean softHsm = String.valueOf(file.getFileName()).contains("softhsm");
        String conf = environment.getOrDefault("SOFTHSM2_CONF", "");
        return Optional.of(new KeyDevice(library, sample ? "antin-" + HexFormat.of().formatHex(random) : "antin",
            softHsm ? Optional.of(conf.isEmpty() ? OWN_CONF : conf) : Optional.empty()));
    }

    static Optional<KeyDevice> read(Settings settings) {
        Optional<String> library = settings.optionalText("pkcs11.library");
        String token = settings.text("pkcs11.token", "antin");
        Optional<String> conf = settings.optionalText("pkcs11.softhsm-conf");
        return library.map(file -> new KeyDevice(file, token, conf));
    }

    /** For {@code launcher.properties}. */
    String lines() {
        return "pkcs11.library=" + library + "\npkcs11.token=" + token + softHsmConf.map(conf -> "\npkcs11.softhsm-conf=" + conf).orElse("");
    }

    /** For {@code signing-service.properties}. */
    String ring() {
        return "key-ring=pkcs11\npkcs11.library=" + library + "\npkcs11.token=" + token + "\npkcs11.pin-file=secrets/" + PIN_FILE;
    }

    /** For the one process that opens the device. */
    Map<String, String> environment(Installation installation) {
        return softHsmConf.map(conf -> Map.of("SOFTHSM2_CONF", installation.home().resolve(conf).toString())).orElse(Map.of());
    }

    /** Makes the sample's PIN and SoftHSM's folder. A PIN that the operator must know is never made up: trying it could lock the device. */
    void prepare(Installation installation, boolean sample) {
        try {
            Path pin = installation.secret(PIN_FILE);
            if (sample && !Files.exists(pin)) {
                SecretFile.createRandom(pin, 16, new SecureRandom());
            }
            if (!Files.exists(pin)) {
                throw Refusal.of("The PIN of the token " + token + " is needed in " + pin + " (mode 0600). Write it there and run ./antin up again.");
            }
            if (softHsmConf.filter(OWN_CONF::equals).isPresent()) {
                Path tokens = installation.home().resolve("pkcs11/tokens");
                Folders.createPrivate(tokens);
                Files.writeString(installation.home().resolve(OWN_CONF), "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
