package antin.signing.dss;

import antin.signing.signature.SignatureRequest;
import antin.signing.signature.WeakKey;
import eu.europa.esig.dss.model.DSSDocument;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/**
 * A document that was just signed, and all it was made of.
 *
 * @param toBeSigned what the key signed
 * @param value      what the key gave
 * @param sent       the document before
 */
record Made(SignatureRequest request, byte[] toBeSigned, byte[] value, DSSDocument sent, DSSDocument finished) {

    private static final int LEAST_RSA = 2048;
    private static final int LEAST_EC = 256;

    /** Whether the key is one that {@link Policy} takes for as long as it knows. */
    boolean isStrong() {
        return switch (request.certificate().getPublicKey()) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= LEAST_RSA && !WeakKey.is(rsa);
            case ECPublicKey ec -> ec.getParams().getCurve().getField().getFieldSize() >= LEAST_EC;
            default -> false;
        };
    }
}
