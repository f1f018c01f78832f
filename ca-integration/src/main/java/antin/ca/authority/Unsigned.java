package antin.ca.authority;

import java.io.OutputStream;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.ContentSigner;

/** Signs nothing: what it makes has every field but the signature, to be looked at before the key is used. */
record Unsigned(AlgorithmIdentifier algorithm) implements ContentSigner {

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return algorithm;
    }

    @Override
    public OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public byte[] getSignature() {
        return new byte[1];
    }
}
