package antin.bridge.token;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;

/** Keys on a token by their public half. */
final class KeyObjects {

    private KeyObjects() {
    }

    /** The CKA_ID that ties a key to its certificate; empty where the token does not show such a public key. */
    static Optional<byte[]> id(Session session, PublicKey key) throws PKCS11Exception {
        for (long handle : session.findAllObjectsSingle(new AttributeVector().class_(PKCS11Constants.CKO_PUBLIC_KEY))) {
            AttributeVector attributes = session.getAttrValues(handle, PKCS11Constants.CKA_ID, PKCS11Constants.CKA_KEY_TYPE);
            if (attributes.id() != null && isHalfOf(session, handle, attributes.keyType(), key)) {
                return Optional.of(attributes.id());
            }
        }
        return Optional.empty();
    }

    private static boolean isHalfOf(Session session, long handle, Long type, PublicKey key) throws PKCS11Exception {
        if (type == PKCS11Constants.CKK_RSA && key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().equals(session.getAttrValues(handle, PKCS11Constants.CKA_MODULUS).modulus());
        }
        if (type == PKCS11Constants.CKK_EC && key instanceof ECPublicKey ec) {
            byte[] point = session.getAttrValues(handle, PKCS11Constants.CKA_EC_POINT).ecPoint();
            return point != null && endsWith(point, coordinates(ec));
        }
        return false;
    }

    /** x and y side by side, as a point that is not compressed ends (SEC 1, 2.3.3). */
    private static byte[] coordinates(ECPublicKey key) {
        int length = (key.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        byte[] both = new byte[2 * length];
        put(key.getW().getAffineX(), both, 0, length);
        put(key.getW().getAffineY(), both, length, length);
        return both;
    }

    private static void put(BigInteger value, byte[] target, int start, int length) {
        byte[] octets = value.toByteArray();
        int used = Math.min(octets.length, length);
        System.arraycopy(octets, octets.length - used, target, start + length - used, used);
    }

    private static boolean endsWith(byte[] whole, byte[] end) {
        return whole.length >= end.length && Arrays.equals(whole, whole.length - end.length, whole.length, end, 0, end.length);
    }
}
