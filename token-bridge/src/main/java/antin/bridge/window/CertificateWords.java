package antin.bridge.window;

import antin.bridge.message.Texts;
import antin.bridge.token.TokenCertificate;
import java.security.cert.X509Certificate;

/** A certificate in the words of its owner. */
final class CertificateWords {

    private CertificateWords() {
    }

    static String of(TokenCertificate owned) {
        X509Certificate certificate = owned.certificate();
        return certificate.getSubjectX500Principal().getName() + '\n' + Texts.both("fact.issuer", certificate.getIssuerX500Principal().getName(), certificate.getNotAfter());
    }
}
