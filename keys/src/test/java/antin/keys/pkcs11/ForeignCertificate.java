package antin.keys.pkcs11;

import antin.keys.pkcs11.TokenObjects.Entry;
import java.security.cert.X509Certificate;

/** Puts a certificate beside a private key that is not its own, which no ring would do: a token that makes wrong values. */
public final class ForeignCertificate {

    private ForeignCertificate() {
    }

    public static void store(Pkcs11Settings settings, String name, X509Certificate certificate) {
        try (TokenSessions sessions = new TokenSessions(Library.load(settings.library()), settings)) {
            sessions.use(session -> {
                Entry entry = TokenObjects.privateKey(session.raw(), name).orElseThrow();
                TokenObjects.storeCertificate(session.raw(), entry, certificate);
                return name;
            });
        }
    }
}
