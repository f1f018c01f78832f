package antin.keys;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A root and an issuer below it, made for one test. */
public final class TestAuthority {

    private static final AtomicLong SERIAL = new AtomicLong(1000);

    private final KeyPair issuerKey;
    private final List<X509Certificate> authorities;

    public TestAuthority() throws Exception {
        KeyPair rootKey = newKey();
        issuerKey = newKey();
        X509Certificate root = certificate("CN=Test Root", rootKey.getPublic(), "CN=Test Root", rootKey);
        authorities = List.of(certificate("CN=Test Issuer", issuerKey.getPublic(), "CN=Test Root", rootKey), root);
    }

    /** Leaf, issuer, root. */
    public List<X509Certificate> chainFor(PublicKey key) throws Exception {
        return List.of(certificate("CN=Some Unit", key, "CN=Test Issuer", issuerKey), authorities.get(0), authorities.get(1));
    }

    static KeyPair newKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(String subject, PublicKey key, String issuer, KeyPair issuerKey) throws Exception {
        Instant now = Instant.now();
        return new JcaX509CertificateConverter().getCertificate(new JcaX509v3CertificateBuilder(new X500Name(issuer),
            BigInteger.valueOf(SERIAL.incrementAndGet()), Date.from(now), Date.from(now.plus(1, ChronoUnit.DAYS)), new X500Name(subject), key)
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey.getPrivate())));
    }
}
