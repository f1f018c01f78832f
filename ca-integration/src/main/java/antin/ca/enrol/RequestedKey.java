package antin.ca.enrol;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/**
 * The key that a request is for, as people compare it with what their device shows.
 *
 * @param kind   such as {@code EC P-256} or {@code RSA-3072}
 * @param sha256 of its SubjectPublicKeyInfo, in pairs, as {@code openssl pkey -pubin -outform DER | openssl dgst -sha256 -c} prints it
 */
public record RequestedKey(String kind, String sha256) {

    /** Of a request that {@link RequestFile} read. */
    public static RequestedKey of(byte[] pkcs10) {
        try {
            SubjectPublicKeyInfo key = new PKCS10CertificationRequest(pkcs10).getSubjectPublicKeyInfo();
            return new RequestedKey(kind(key), HexFormat.ofDelimiter(":").formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded())));
        } catch (IOException e) {
            throw new IllegalStateException("It was read before", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static String kind(SubjectPublicKeyInfo key) throws IOException {
        if (key.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
            BigInteger modulus = RSAPublicKey.getInstance(key.parsePublicKey()).getModulus();
            return "RSA-" + modulus.bitLength();
        }
        return SECObjectIdentifiers.secp384r1.equals(key.getAlgorithm().getParameters()) ? "EC P-384" : "EC P-256";
    }
}
