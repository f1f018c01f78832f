package antin.ca.enrol;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.DefaultSignatureNameFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/**
 * A PKCS#10 (RFC 2986) as people send it: PEM (RFC 7468), DER, or bare base64. What is found wrong here is told so that its sender can mend it; the authority looks for itself
 * again, and more closely.
 */
public final class RequestFile {

    public static final int LARGEST = 16 * 1024;
    private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final int SHORTEST_RSA = 3072;
    private static final Set<ASN1ObjectIdentifier> CURVES = Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1);

    private RequestFile() {
    }

    /** The request in DER. Throws {@link RequestRefusal}. */
    public static byte[] read(byte[] untrustedFile) {
        if (untrustedFile.length == 0) {
            throw new RequestRefusal(RequestFault.MISSING);
        }
        if (untrustedFile.length > LARGEST) {
            throw new RequestRefusal(RequestFault.TOO_LARGE);
        }
        if (untrustedFile[0] == 0x30) {
            return checked(untrustedFile);
        }
        String text = new String(untrustedFile, StandardCharsets.ISO_8859_1).strip();
        Matcher pem = PEM.matcher(text);
        if (!pem.find()) {
            return checked(base64(text));
        }
        return switch (pem.group(1)) {
            case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST" -> checked(base64(pem.group(2)));
            case "CERTIFICATE" -> throw new RequestRefusal(RequestFault.A_CERTIFICATE);
            case "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY" -> throw new RequestRefusal(RequestFault.A_PRIVATE_KEY);
            default -> throw new RequestRefusal(RequestFault.UNREADABLE);
        };
    }

    /** Throws {@link RequestRefusal} for what a look at the request tells. */
    public static void check(byte[] untrustedDer) {
        if (untrustedDer.length > LARGEST) {
            throw new RequestRefusal(RequestFault.TOO_LARGE);
        }
        try {
            PKCS10CertificationRequest unproven = new PKCS10CertificationRequest(untrustedDer);
            checkKey(unproven.getSubjectPublicKeyInfo());
            String algorithm = new DefaultSignatureNameFinder().getAlgorithmName(unproven.getSignatureAlgorithm());
            if (algorithm.contains("MD") || algorithm.contains("SHA1") || algorithm.contains("SHA224")) {
                throw new RequestRefusal(RequestFault.OLD_HASH);
            }
            if (!unproven.isSignatureValid(new JcaContentVerifierProviderBuilder().setProvider(new BouncyCastleProvider()).build(unproven.getSubjectPublicKeyInfo()))) {
                throw new RequestRefusal(RequestFault.NOT_PROVEN);
            }
        } catch (PKCSException | OperatorCreationException e) {
            throw new RequestRefusal(RequestFault.NOT_PROVEN);
        } catch (RequestRefusal e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new RequestRefusal(RequestFault.UNREADABLE); // whatever a parser throws at what a stranger wrote
        }
    }

    private static void checkKey(SubjectPublicKeyInfo key) throws IOException {
        ASN1ObjectIdentifier algorithm = key.getAlgorithm().getAlgorithm();
        if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            RSAPublicKey rsa = RSAPublicKey.getInstance(key.parsePublicKey());
            if (rsa.getModulus().bitLength() < SHORTEST_RSA || !rsa.getPublicExponent().equals(BigInteger.valueOf(65537))) {
                throw new RequestRefusal(RequestFault.WEAK_KEY);
            }
        } else if (!algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey) || !CURVES.contains(key.getAlgorithm().getParameters())) {
            throw new RequestRefusal(RequestFault.KEY_KIND);
        }
    }

    private static byte[] checked(byte[] untrustedDer) {
        check(untrustedDer);
        return untrustedDer;
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getMimeDecoder().decode(text.replaceAll("\\s", "").getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new RequestRefusal(RequestFault.UNREADABLE);
        }
    }
}
