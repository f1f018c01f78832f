package antin.bridge.token;

import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.KeyPairTemplate;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.PKCS11KeyPair;
import org.xipki.pkcs11.wrapper.Session;

/** A key pair that was just made: for signatures, not to be read, not to be taken out (PKCS#11 2.40, 4.9). */
final class Pkcs11NewKey implements Login.NewKey {

    private static final int ID_BYTES = 20;
    private static final BigInteger EXPONENT = BigInteger.valueOf(65537);
    private static final byte[] P256 = {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x03, 0x01, 0x07}; // DER of 1.2.840.10045.3.1.7
    private static final int COORDINATE_BYTES = 32;

    private final Pkcs11Login login;
    private final Session session;
    private final PKCS11KeyPair pair;
    private final PublicKey publicKey;

    private Pkcs11NewKey(Pkcs11Login login, Session session, PKCS11KeyPair pair, PublicKey publicKey) {
        this.login = login;
        this.session = session;
        this.pair = pair;
        this.publicKey = publicKey;
    }

    static Pkcs11NewKey make(Pkcs11Login login, Session session, KeyType type, String label) {
        try {
            byte[] id = new byte[ID_BYTES];
            new SecureRandom().nextBytes(id);
            PKCS11KeyPair pair = session.generateKeyPair(new Mechanism(type == KeyType.EC_P256 ? PKCS11Constants.CKM_EC_KEY_PAIR_GEN : PKCS11Constants.CKM_RSA_PKCS_KEY_PAIR_GEN),
                template(type, id, label));
            return new Pkcs11NewKey(login, session, pair, publicKey(session, type, pair.getPublicKey()));
        } catch (PKCS11Exception e) {
            throw Pkcs11Failures.refused(e);
        } catch (GeneralSecurityException e) {
            throw new Refused(Reason.TOKEN_FAILED, e);
        }
    }

    @Override
    public PublicKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(SignatureAlgorithm algorithm, byte[] digest) {
        try {
            return login.sign(pair.getPrivateKey(), publicKey, algorithm, digest);
        } catch (PKCS11Exception e) {
            throw Pkcs11Failures.refused(e);
        }
    }

    @Override
    public void discard() {
        try {
            session.destroyObject(pair.getPrivateKey());
            session.destroyObject(pair.getPublicKey());
        } catch (PKCS11Exception e) {
            throw Pkcs11Failures.refused(e);
        }
    }

    private static KeyPairTemplate template(KeyType type, byte[] id, String label) {
        KeyPairTemplate template = new KeyPairTemplate(type == KeyType.EC_P256 ? PKCS11Constants.CKK_EC : PKCS11Constants.CKK_RSA).id(id).labels(label).token(true).private_(true, false);
        template.privateKey().sensitive(true).extractable(false).sign(true);
        template.publicKey().verify(true);
        switch (type) {
            case EC_P256 -> template.publicKey().ecParams(P256);
            case RSA_2048 -> template.publicKey().modulusBits(2048).publicExponent(EXPONENT);
            case RSA_3072 -> template.publicKey().modulusBits(3072).publicExponent(EXPONENT);
        }
        return template;
    }

    private static PublicKey publicKey(Session session, KeyType type, long handle) throws PKCS11Exception, GeneralSecurityException {
        if (type != KeyType.EC_P256) {
            AttributeVector attributes = session.getAttrValues(handle, PKCS11Constants.CKA_MODULUS, PKCS11Constants.CKA_PUBLIC_EXPONENT);
            return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(attributes.modulus(), attributes.publicExponent()));
        }
        // An OCTET STRING around the point (PKCS#11 2.40, 2.3.3); some tokens leave the wrapping out. So the end counts.
        byte[] point = session.getAttrValues(handle, PKCS11Constants.CKA_EC_POINT).ecPoint();
        if (point == null || point.length < 2 * COORDINATE_BYTES) {
            throw new Refused(Reason.TOKEN_FAILED);
        }
        int y = point.length - COORDINATE_BYTES;
        BigInteger first = new BigInteger(1, Arrays.copyOfRange(point, y - COORDINATE_BYTES, y));
        BigInteger second = new BigInteger(1, Arrays.copyOfRange(point, y, point.length));
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(first, second), curve.getParameterSpec(ECParameterSpec.class)));
    }
}
