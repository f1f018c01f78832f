package antin.backbone.enrolment.page;

import antin.backbone.certificates.SubjectNames;
import antin.backbone.enrolment.Enrolled;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a page tells of a certificate, in order: a word of the texts and the value. */
public final class CertificateFacts {

    private CertificateFacts() {
    }

    public static Map<String, String> of(Enrolled enrolled) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("subject", SubjectNames.shown(enrolled.subject()));
        enrolled.issued().ifPresent(issued -> {
            X509Certificate certificate = issued.certificates().getFirst();
            facts.put("issuer", issued.issuer());
            facts.put("serial", issued.serial());
            facts.put("key", key(certificate));
            facts.put("sha256", sha256(certificate));
        });
        return facts;
    }

    private static String key(X509Certificate certificate) {
        return switch (certificate.getPublicKey()) {
            case RSAPublicKey rsa -> "RSA-" + rsa.getModulus().bitLength();
            case ECPublicKey ec -> "EC P-" + ec.getParams().getOrder().bitLength();
            default -> certificate.getPublicKey().getAlgorithm();
        };
    }

    /** As other programs show it, in pairs. */
    private static String sha256(X509Certificate certificate) {
        try {
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read does not encode", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
