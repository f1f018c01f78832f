package antin.bridge.token;

import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;

/** A person's certificate on a token, and what its key may be used for. */
public record TokenCertificate(Token token, X509Certificate certificate, byte[] id) {

    private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NON_REPUDIATION = 1;

    /** For documents (RFC 5280, 4.2.1.3): content commitment, or signatures at large; not where the certificate is for logging in alone. */
    public boolean canSign() {
        return isPersons() && (has(NON_REPUDIATION) || has(DIGITAL_SIGNATURE) && !isForLogin());
    }

    /** For logging in (RFC 5280, 4.2.1.12), as Web eID's validators ask of it. */
    public boolean canAuthenticate() {
        return isPersons() && has(DIGITAL_SIGNATURE) && isForLogin();
    }

    public byte[] der() {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read cannot be written", e);
        }
    }

    public boolean is(byte[] der) {
        return Arrays.equals(der(), der);
    }

    private boolean isPersons() {
        return certificate.getBasicConstraints() < 0;
    }

    private boolean has(int use) {
        boolean[] uses = certificate.getKeyUsage();
        return uses != null && uses[use];
    }

    private boolean isForLogin() {
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            return uses != null && uses.contains(CLIENT_AUTHENTICATION);
        } catch (CertificateParsingException e) {
            return false;
        }
    }
}
