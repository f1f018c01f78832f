package antin.kernel.audit;

import antin.kernel.tls.PeerName;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * A head that the process named in its line signed.
 *
 * @param time when, as the process says
 */
record SignedHead(AuditHead head, Instant time) {

    private static final int FIELDS = 7;

    /** Reads one line of a heads file. */
    static Optional<SignedHead> check(String line, String process, List<X509Certificate> trusted) {
        String[] field = line.split(" ", -1);
        if (field.length != FIELDS || !field[0].equals("antin-audit-head") || !field[1].equals(process)) {
            return Optional.empty();
        }
        try {
            AuditHead head = new AuditHead(Long.parseLong(field[2]), field[3]);
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(field[6])));
            Instant time = Instant.parse(field[4]);
            boolean believed = isTrusted(certificate, time, process, trusted)
                && isSigned(AuditHeads.statement(process, head, field[4]), Base64.getDecoder().decode(field[5]), certificate);
            return believed ? Optional.of(new SignedHead(head, time)) : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** One step to the internal CA, which issues nothing but processes' certificates, in time when the head was signed. */
    private static boolean isTrusted(X509Certificate certificate, Instant time, String process, List<X509Certificate> trusted)
            throws GeneralSecurityException {
        certificate.checkValidity(Date.from(time));
        if (PeerName.of(certificate).filter(new PeerName("antin:" + process)::equals).isEmpty()) {
            return false;
        }
        for (X509Certificate ca : trusted) {
            if (ca.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
                certificate.verify(ca.getPublicKey());
                return true;
            }
        }
        return false;
    }

    private static boolean isSigned(String statement, byte[] value, X509Certificate certificate) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initVerify(certificate);
        signature.update(statement.getBytes(StandardCharsets.UTF_8));
        return signature.verify(value);
    }
}
