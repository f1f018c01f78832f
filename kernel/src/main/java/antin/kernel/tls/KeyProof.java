package antin.kernel.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;

/** Whether a private key is that of a public one, by a signature: files that lie beside each other may have come from two runs. */
public final class KeyProof {

    private KeyProof() {
    }

    /** For EC and RSA keys; throws where the two are not of one kind. */
    public static boolean fits(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
        byte[] anything = {1};
        Signature signature = Signature.getInstance(key instanceof ECKey ? "SHA256withECDSA" : "SHA256withRSA");
        signature.initSign(key);
        signature.update(anything);
        byte[] value = signature.sign();
        signature.initVerify(publicKey);
        signature.update(anything);
        return signature.verify(value);
    }
}
