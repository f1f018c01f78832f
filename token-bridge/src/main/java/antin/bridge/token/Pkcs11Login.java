package antin.bridge.token;

import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import java.security.PublicKey;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;

/** A session in which the PIN was given. */
final class Pkcs11Login implements Login {

    private final Session session;
    private final Pin pin;

    Pkcs11Login(Session session, Pin pin) {
        this.session = session;
        this.pin = pin;
    }

    @Override
    public byte[] sign(TokenCertificate certificate, SignatureAlgorithm algorithm, byte[] digest) {
        try {
            return sign(privateKey(certificate.id()), certificate.certificate().getPublicKey(), algorithm, digest);
        } catch (PKCS11Exception e) {
            throw Pkcs11Failures.refused(e);
        }
    }

    @Override
    public NewKey makeKey(KeyType type, String label) {
        return Pkcs11NewKey.make(this, session, type, label);
    }

    @Override
    public void close() {
        try {
            session.logout();
        } catch (PKCS11Exception e) {
            // the token is gone, and the login with it
        }
        try {
            session.closeSession();
        } catch (PKCS11Exception e) {
            // likewise
        }
    }

    byte[] sign(long privateKey, PublicKey publicKey, SignatureAlgorithm algorithm, byte[] digest) throws PKCS11Exception {
        session.signInit(Mechanisms.mechanism(algorithm), privateKey);
        // PKCS#11 2.40, 4.9: keys for qualified signatures want the PIN for each; it was entered for all of them
        if (Boolean.TRUE.equals(session.getAttrValues(privateKey, PKCS11Constants.CKA_ALWAYS_AUTHENTICATE).alwaysAuthenticate())) {
            session.login(PKCS11Constants.CKU_CONTEXT_SPECIFIC, pin.characters().orElse(null));
        }
        return session.sign(Mechanisms.input(algorithm, publicKey, digest));
    }

    private long privateKey(byte[] id) throws PKCS11Exception {
        long[] found = session.findObjectsSingle(new AttributeVector().class_(PKCS11Constants.CKO_PRIVATE_KEY).id(id), 1);
        if (found.length == 0) {
            throw new Refused(Reason.KEY_NOT_FOUND);
        }
        return found[0];
    }
}
