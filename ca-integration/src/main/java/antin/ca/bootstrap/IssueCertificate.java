package antin.ca.bootstrap;

import antin.ca.authority.Authority;
import antin.ca.authority.Authority.Request;
import antin.ca.authority.KeyKind;
import antin.ca.bootstrap.IssuedFolder.Intent;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Signs a certificate, with the intent in {@code ca/issued} and the audit log before the key is used, and the outcome after. */
public final class IssueCertificate {

    /** Who takes what lies in {@code ca/issued} into the ledger. */
    public interface Entry {
        void enter() throws IOException, GeneralSecurityException;
    }

    private final AuditLog audit;
    private final IssuedFolder issued;
    private final Clock clock;
    private final SecureRandom random;
    private final Entry entry;

    /** Where there is no ledger yet: it takes over what it finds at its next start. */
    public IssueCertificate(AuditLog audit, IssuedFolder issued, Clock clock, SecureRandom random) {
        this(audit, issued, clock, random, () -> { });
    }

    /** @param entry called with each certificate on disk, before anybody sees it */
    public IssueCertificate(AuditLog audit, IssuedFolder issued, Clock clock, SecureRandom random, Entry entry) {
        this.audit = audit;
        this.issued = issued;
        this.clock = clock;
        this.random = random;
        this.entry = entry;
    }

    IssuedFolder issued() {
        return issued;
    }

    /** By Bouncy Castle, since GnuTLS reads no EC key that leaves the public half out (RFC 5915, 3: optional), as the JDK's do. */
    KeyPair newKey(KeyKind kind) throws GeneralSecurityException {
        return newKey(kind, new BouncyCastleProvider());
    }

    KeyPair newKey(KeyKind kind, Provider provider) throws GeneralSecurityException {
        return kind.generate(provider, random);
    }

    X509Certificate by(Authority authority, Request request) throws IOException, GeneralSecurityException {
        return recorded(authority.name(), request, serial -> authority.sign(request, serial, clock.instant()));
    }

    X509Certificate selfSigned(String name, PrivateKey key, Request request) throws IOException, GeneralSecurityException {
        return recorded(name, request, serial -> Authority.selfSign(key, request, serial, clock.instant()));
    }

    private interface Signing {
        X509Certificate sign(BigInteger serial) throws GeneralSecurityException;
    }

    private X509Certificate recorded(String issuer, Request request, Signing signing) throws IOException, GeneralSecurityException {
        BigInteger serial = Authority.newSerial(random);
        String subject = request.subject().getName();
        Map<String, String> what = Map.of("profile", request.profile().name(), "subject", subject, "serial", serial.toString(16));
        issued.intend(new Intent(serial, issuer, request.profile().name(), subject, clock.instant()));
        audit.record(new AuditEvent("certificate.issue", "begun", "bootstrap", "ca", what));
        try {
            X509Certificate certificate = signing.sign(serial);
            issued.issued(certificate);
            entry.enter();
            String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
            audit.record(new AuditEvent("certificate.issue", "done", "bootstrap", "ca", Map.of("serial", serial.toString(16), "sha256", sha256)));
            return certificate;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            audit.record(new AuditEvent("certificate.issue", "failed", "bootstrap", "ca", Map.of("serial", serial.toString(16))));
            throw e;
        }
    }
}
