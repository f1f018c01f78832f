package antin.keys.pkcs12;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.KeyRing.PendingKey;
import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.key.SigningKey;
import antin.keys.Fitting;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.crypto.Cipher;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;

/** A key in this process's memory; no accessor gives the private part away. */
final class SoftwareKey implements SigningKey, PendingKey {

    /** The JDK has no engine for RSA-PSS over a digest that is there already. */
    private static final Provider RAW_PSS = new BouncyCastleProvider();

    private final String name;
    private final List<X509Certificate> chain;
    private final PrivateKey privateKey;

    SoftwareKey(String name, List<X509Certificate> chain, PrivateKey privateKey) {
        this.name = name;
        this.chain = List.copyOf(chain);
        this.privateKey = privateKey;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<X509Certificate> chain() {
        return chain;
    }

    @Override
    public PublicKey publicKey() {
        return certificate().getPublicKey();
    }

    /** The same key once its certificates are there. */
    SoftwareKey with(List<X509Certificate> newChain) {
        return new SoftwareKey(name, newChain, privateKey);
    }

    /** Into the file, under the name. */
    void store(KeyFile file) {
        file.write(name, privateKey, chain);
    }

    @Override
    public byte[] sign(SignatureAlgorithm algorithm, byte[] toBeSigned) {
        Fitting.check(algorithm, publicKey());
        try {
            Signature engine = algorithm.engine();
            engine.initSign(privateKey);
            engine.update(toBeSigned);
            return engine.sign();
        } catch (GeneralSecurityException e) {
            throw new Problem(Kind.INTERNAL, "The key " + name + " could not sign.", e);
        }
    }

    @Override
    public byte[] signDigest(SignatureAlgorithm algorithm, byte[] digest) {
        Fitting.check(algorithm, publicKey(), digest);
        try {
            if (algorithm.keyAlgorithm().equals("RSA") && !algorithm.isPss()) {
                Cipher padding = Cipher.getInstance("RSA/ECB/PKCS1Padding"); // with a private key, block type 1 (RFC 8017, 9.2)
                padding.init(Cipher.ENCRYPT_MODE, privateKey);
                return padding.doFinal(new DigestInfo(new DefaultDigestAlgorithmIdentifierFinder().find(algorithm.digest()), digest).getEncoded(ASN1Encoding.DER));
            }
            Signature engine = algorithm.isPss() ? Signature.getInstance("NONEwithRSASSA-PSS", RAW_PSS) : Signature.getInstance("NONEwithECDSA");
            if (algorithm.isPss()) {
                engine.setParameter(algorithm.pss());
            }
            engine.initSign(privateKey);
            engine.update(digest);
            return engine.sign();
        } catch (GeneralSecurityException | IOException e) {
            throw new Problem(Kind.INTERNAL, "The key " + name + " could not sign.", e);
        }
    }

    @Override
    public String toString() {
        return "SoftwareKey " + name;
    }
}
