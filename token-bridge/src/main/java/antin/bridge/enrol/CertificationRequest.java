package antin.bridge.enrol;

import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import antin.bridge.token.HashFunction;
import antin.bridge.token.Login.NewKey;
import antin.bridge.token.SignatureAlgorithm;
import antin.bridge.token.SignatureAlgorithm.Scheme;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A request for a certificate (PKCS#10, RFC 2986), signed by the new key in its token: it proves that the key is there. SHA-256 with ECDSA or PKCS#1 v1.5, which every authority takes. */
public final class CertificationRequest {

    private static final int LONGEST_SUBJECT = 400;

    private CertificationRequest() {
    }

    /** A name as RFC 4514 writes it, such as {@code CN=Nguyễn Văn An,O=Sở Nội vụ,C=VN}. */
    public static X500Principal subject(String untrusted) {
        try {
            if (untrusted.length() <= LONGEST_SUBJECT) {
                return new X500Principal(untrusted);
            }
        } catch (IllegalArgumentException e) {
            throw new Refused(Reason.INVALID_ARGUMENT, e);
        }
        throw new Refused(Reason.INVALID_ARGUMENT);
    }

    /** DER. */
    public static byte[] signed(X500Principal subject, NewKey key) {
        try {
            return new JcaPKCS10CertificationRequestBuilder(subject, key.publicKey()).build(new InToken(key)).getEncoded();
        } catch (IOException e) {
            throw new Refused(Reason.INTERNAL, e);
        }
    }

    /** Gathers what is to be signed, and lets the token sign its digest. */
    private static final class InToken implements ContentSigner {

        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private final NewKey key;
        private final boolean curve;

        InToken(NewKey key) {
            this.key = key;
            this.curve = key.publicKey() instanceof ECPublicKey;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            // RFC 5758, 3.2: ECDSA has no parameters; RFC 4055, 5: RSA has a NULL
            return curve ? new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256) : new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
        }

        @Override
        public OutputStream getOutputStream() {
            return content;
        }

        @Override
        public byte[] getSignature() {
            SignatureAlgorithm algorithm = new SignatureAlgorithm(curve ? Scheme.ECDSA : Scheme.PKCS1, HashFunction.SHA_256);
            byte[] value = key.sign(algorithm, HashFunction.SHA_256.digest(content.toByteArray()));
            return curve ? sequence(value) : value;
        }

        /** RFC 3279, 2.2.3: X.509 wants r and s in a sequence. */
        private static byte[] sequence(byte[] value) {
            int half = value.length / 2;
            ASN1EncodableVector both = new ASN1EncodableVector();
            both.add(new ASN1Integer(new BigInteger(1, Arrays.copyOf(value, half))));
            both.add(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(value, half, value.length))));
            try {
                return new DERSequence(both).getEncoded(ASN1Encoding.DER);
            } catch (IOException e) {
                throw new Refused(Reason.INTERNAL, e);
            }
        }
    }
}
