package antin.keys.pkcs12;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.KeyRing.KeyType;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes a key pair. Java's PKCS#12 stores no key without a certificate, so a placeholder signed by itself stands in until the real one comes. */
final class NewKey {

    private static final int PLACEHOLDER_DAYS = 3650;

    private NewKey() {
    }

    static SoftwareKey make(String name, KeyType type, Instant now) {
        try {
            KeyPair pair = generate(type);
            return new SoftwareKey(name, List.of(placeholder(name, pair, now)), pair.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new Problem(Kind.INTERNAL, "The key " + name + " could not be made.", e);
        }
    }

    private static KeyPair generate(KeyType type) throws GeneralSecurityException {
        String algorithm = switch (type) {
            case RSA_3072 -> "RSA";
            case EC_P256 -> "EC";
        };
        AlgorithmParameterSpec size = switch (type) {
            case RSA_3072 -> new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4);
            case EC_P256 -> new ECGenParameterSpec("secp256r1");
        };
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        return generator.generateKeyPair();
    }

    private static X509Certificate placeholder(String name, KeyPair pair, Instant now)
            throws GeneralSecurityException, OperatorCreationException {
        X500Name subject = new X500Name("CN=pending " + name);
        String algorithm = "RSA".equals(pair.getPublic().getAlgorithm()) ? "SHA256withRSA" : "SHA256withECDSA";
        return new JcaX509CertificateConverter().getCertificate(new JcaX509v3CertificateBuilder(subject, BigInteger.ONE, Date.from(now),
            Date.from(now.plus(PLACEHOLDER_DAYS, ChronoUnit.DAYS)), subject, pair.getPublic())
            .build(new JcaContentSignerBuilder(algorithm).build(pair.getPrivate())));
    }
}
