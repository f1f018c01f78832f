package antin.kernel.tls;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** Keys and certificates in PEM (RFC 7468): PKCS#8 for keys, in the clear and therefore in secret files. */
public final class PemFile {

    private static final String BEGIN_KEY = "-----BEGIN PRIVATE KEY-----";
    private static final String END_KEY = "-----END PRIVATE KEY-----";

    private PemFile() {
    }

    /** The certificates of a file, in its order (a chain starts with the leaf). At least one. */
    public static List<X509Certificate> certificates(Path file) {
        try {
            byte[] pem = Files.readAllBytes(file);
            List<X509Certificate> certificates = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem)).stream().map(X509Certificate.class::cast).toList();
            if (certificates.isEmpty()) {
                throw new Problem(Kind.MISCONFIGURED, "The file " + file + " holds no certificate.");
            }
            return certificates;
        } catch (IOException | GeneralSecurityException e) {
            throw new Problem(Kind.MISCONFIGURED, "The certificate file " + file + " cannot be read.", e);
        }
    }

    /** An EC or RSA key. */
    public static PrivateKey privateKey(Path file, String algorithm) {
        String pem = SecretFile.text(file);
        int begin = pem.indexOf(BEGIN_KEY);
        int end = pem.indexOf(END_KEY);
        if (begin < 0 || end < begin) {
            throw new Problem(Kind.MISCONFIGURED, "The file " + file + " holds no private key in PKCS#8 form.");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN_KEY.length(), end));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Problem(Kind.MISCONFIGURED, "The private key in " + file + " cannot be read.", e);
        }
    }

    /** PKCS#8 in PEM. */
    public static String encode(PrivateKey key) {
        return BEGIN_KEY + "\n" + base64(key.getEncoded()) + "\n" + END_KEY + "\n";
    }

    /** One block a certificate, in order. */
    public static String encode(List<X509Certificate> certificates) throws GeneralSecurityException {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            pem.append("-----BEGIN CERTIFICATE-----\n").append(base64(certificate.getEncoded())).append("\n-----END CERTIFICATE-----\n");
        }
        return pem.toString();
    }

    private static String base64(byte[] der) {
        return Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    }
}
