package antin.keys;

import antin.kernel.key.SignatureAlgorithm;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import javax.crypto.Cipher;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;

/** Signatures over digests that were made elsewhere (RFC 8017, FIPS 186-5). */
public final class DigestSignatures {

    /** The JDK has no engine for RSA-PSS over a digest that is there already. */
    private static final Provider RAW_PSS = new BouncyCastleProvider();

    private DigestSignatures() {
    }

    /** For ECDSA and RSA-PSS; the digest is what the engine is given. */
    public static Signature engine(SignatureAlgorithm algorithm) throws GeneralSecurityException {
        if (!algorithm.isPss()) {
            return Signature.getInstance("NONEwithECDSA");
        }
        Signature engine = Signature.getInstance("NONEwithRSASSA-PSS", RAW_PSS);
        engine.setParameter(algorithm.pss());
        return engine;
    }

    /** What is padded for PKCS#1 v1.5 (RFC 8017, 9.2). */
    public static byte[] digestInfo(SignatureAlgorithm algorithm, byte[] digest) throws IOException {
        return new DigestInfo(new DefaultDigestAlgorithmIdentifierFinder().find(algorithm.digest()), digest).getEncoded(ASN1Encoding.DER);
    }

    public static boolean isPkcs1(SignatureAlgorithm algorithm) {
        return algorithm.keyAlgorithm().equals("RSA") && !algorithm.isPss();
    }

    public static boolean verify(SignatureAlgorithm algorithm, PublicKey key, byte[] digest, byte[] value) {
        try {
            if (isPkcs1(algorithm)) {
                Cipher padding = Cipher.getInstance("RSA/ECB/PKCS1Padding");
                padding.init(Cipher.DECRYPT_MODE, key);
                return MessageDigest.isEqual(padding.doFinal(value), digestInfo(algorithm, digest));
            }
            Signature engine = engine(algorithm);
            engine.initVerify(key);
            engine.update(digest);
            return engine.verify(value);
        } catch (GeneralSecurityException | IOException e) {
            return false;
        }
    }
}
