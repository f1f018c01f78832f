package antin.ca;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.List;
import java.util.UUID;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Wishes for certificates, good and bad. */
public final class TestRequests {

    private TestRequests() {
    }

    public static CertificateRequest seal(String id, KeyPair key) throws Exception {
        return new CertificateRequest(id, "agency-seal", subject("Sở Nội vụ"), List.of(), pkcs10(key), "backbone");
    }

    public static CertificateRequest any() throws Exception {
        return seal(newId(), ec("secp256r1"));
    }

    public static CertificateRequest withKey(CertificateRequest request, byte[] pkcs10) {
        return new CertificateRequest(request.id(), request.profile(), request.subject(), request.emails(), pkcs10, request.actor());
    }

    public static CertificateRequest withSubject(CertificateRequest request, X500Principal subject) {
        return new CertificateRequest(request.id(), request.profile(), subject, request.emails(), request.pkcs10(), request.actor());
    }

    public static String newId() {
        return "test-" + UUID.randomUUID();
    }

    public static X500Principal subject(String commonName) {
        return new X500Principal("CN=" + commonName + ",OU=so-noi-vu,O=Thành phố mẫu,C=VN");
    }

    public static KeyPair ec(String curve) throws GeneralSecurityException {
        return pair("EC", new ECGenParameterSpec(curve));
    }

    public static KeyPair rsa(int bits, BigInteger exponent) throws GeneralSecurityException {
        return pair("RSA", new RSAKeyGenParameterSpec(bits, exponent));
    }

    private static KeyPair pair(String algorithm, AlgorithmParameterSpec parameters) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(parameters);
        return generator.generateKeyPair();
    }

    public static byte[] pkcs10(KeyPair key) throws Exception {
        return pkcs10(key, key.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
    }

    /** Signed by the private half, for the public half, whether they belong together or not. */
    public static byte[] pkcs10(KeyPair key, String algorithm) throws Exception {
        return new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=whatever it says"), key.getPublic())
            .build(new JcaContentSignerBuilder(algorithm).setProvider(new BouncyCastleProvider()).build(key.getPrivate())).getEncoded();
    }
}
