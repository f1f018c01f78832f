package antin.signing.certificate;

import antin.kernel.key.KeyRing.PendingKey;
import antin.kernel.key.SignatureAlgorithm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/** PKCS#10 (RFC 2986), signed by the key it is for. The authority takes the name from the directory, not from here. */
final class CertificationRequest {

    private CertificationRequest() {
    }

    static byte[] of(String name, PendingKey key, SignatureAlgorithm algorithm) {
        try {
            return new PKCS10CertificationRequestBuilder(new X500NameBuilder().addRDN(BCStyle.CN, name).build(),
                SubjectPublicKeyInfo.getInstance(key.publicKey().getEncoded())).build(new KeySigner(key, algorithm)).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record KeySigner(PendingKey key, SignatureAlgorithm algorithm, ByteArrayOutputStream content) implements ContentSigner {

        KeySigner(PendingKey key, SignatureAlgorithm algorithm) {
            this(key, algorithm, new ByteArrayOutputStream());
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new DefaultSignatureAlgorithmIdentifierFinder().find(algorithm.keyAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
        }

        @Override
        public OutputStream getOutputStream() {
            return content;
        }

        @Override
        public byte[] getSignature() {
            return key.sign(algorithm, content.toByteArray());
        }
    }
}
