package antin.ca;

import antin.ca.Authority.Request;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Signs a certificate, with the intent in the audit log before the key is used and the outcome after. */
final class IssueCertificate {

    private final AuditLog audit;
    private final Clock clock;
    private final SecureRandom random;

    IssueCertificate(AuditLog audit, Clock clock, SecureRandom random) {
        this.audit = audit;
        this.clock = clock;
        this.random = random;
    }

    /** By Bouncy Castle, since GnuTLS reads no EC key that leaves the public half out (RFC 5915, 3: optional), as the JDK's do. */
    KeyPair newKey(Profile profile) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
        generator.initialize(new ECGenParameterSpec(profile.curve()), random);
        return generator.generateKeyPair();
    }

    X509Certificate by(Authority authority, Request request) throws GeneralSecurityException {
        return audited(request, serial -> authority.sign(request, serial, clock.instant()));
    }

    X509Certificate selfSigned(PrivateKey key, Request request) throws GeneralSecurityException {
        return audited(request, serial -> Authority.selfSign(key, request, serial, clock.instant()));
    }

    private interface Signing {
        X509Certificate sign(BigInteger serial) throws GeneralSecurityException;
    }

    private X509Certificate audited(Request request, Signing signing) throws GeneralSecurityException {
        // RFC 5280, 4.1.2.2: positive, at most 20 octets; here 158 bits of chance
        BigInteger serial = new BigInteger(158, random).setBit(158);
        Map<String, String> what = Map.of("profile", request.profile().name(), "subject", request.subject().getName(), "serial", serial.toString(16));
        audit.record(new AuditEvent("certificate.issue", "begun", "bootstrap", "ca", what));
        try {
            X509Certificate certificate = signing.sign(serial);
            String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
            audit.record(new AuditEvent("certificate.issue", "done", "bootstrap", "ca", Map.of("serial", serial.toString(16), "sha256", sha256)));
            return certificate;
        } catch (GeneralSecurityException | RuntimeException e) {
            audit.record(new AuditEvent("certificate.issue", "failed", "bootstrap", "ca", Map.of("serial", serial.toString(16))));
            throw e;
        }
    }
}
