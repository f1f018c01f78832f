package antin.otp.outside;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import antin.kernel.config.Settings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * @param issuer       the other provider's name, an https address
 * @param clientSecret what we prove ourselves with there
 * @param claim        which claim of its ID tokens holds our number, or one of our addresses
 * @param button       what people press, such as {@code Đăng nhập bằng SSO thành phố}
 * @param trustFile    certificates (PEM) that its own leads to, where it is none of the public ones
 */
public record OutsideSettings(String issuer, String clientId, String clientSecret, String claim, String button, Optional<Path> trustFile) {

    /** The keys {@code outside.*}; empty where there is no {@code outside.issuer}. */
    public static Optional<OutsideSettings> read(Settings file) {
        Optional<String> issuer = file.optionalText("outside.issuer");
        if (issuer.isEmpty()) {
            return Optional.empty();
        }
        if (!issuer.get().matches("https://[^?#\\s]+")) {
            throw new Problem(Kind.MISCONFIGURED, "The key outside.issuer must be an https address, and is \"" + issuer.get() + "\".");
        }
        return Optional.of(new OutsideSettings(issuer.get(), file.text("outside.client-id"), SecretFile.text(file.path("outside.client-secret-file")).strip(),
            file.text("outside.claim", "email"), file.text("outside.button", "Đăng nhập một lần (SSO)"),
            file.optionalText("outside.trust-file").map(name -> file.path("outside.trust-file"))));
    }

    @Override
    public String toString() {
        return "OutsideSettings[" + issuer + ']'; // never the secret
    }
}
