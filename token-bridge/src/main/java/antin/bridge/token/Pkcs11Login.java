package antin.bridge.token;

import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
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
    public void store(X509Certificate certificate) {
        try {
            byte[] id = KeyObjects.id(session, certificate.getPublicKey()).orElseThrow(() -> new Refused(Reason.KEY_NOT_FOUND));
            // PKCS#11 2.40, 4.6.3: CKA_SUBJECT must be given, issuer and serial number help others to find it
            session.createObject(AttributeVector.newX509Certificate().token(true).private_(false).id(id).label(certificate.getSubjectX500Principal().getName())
                .subject(certificate.getSubjectX500Principal().getEncoded()).issuer(certificate.getIssuerX500Principal().getEncoded())
                .serialNumber(derInteger(certificate.getSerialNumber())).value(certificate.getEncoded()));
        } catch (PKCS11Exception e) {
            throw Pkcs11Failures.refused(e);
        } catch (CertificateEncodingException e) {
            throw new Refused(Reason.INVALID_ARGUMENT, e);
        }
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

    /** X.690, 8.3. A serial number has at most 20 octets (RFC 5280, 4.1.2.2), so one octet tells the length. */
    private static byte[] derInteger(BigInteger number) {
        byte[] octets = number.toByteArray();
        if (octets.length >= 128) {
            throw new Refused(Reason.INVALID_ARGUMENT);
        }
        return ByteBuffer.allocate(2 + octets.length).put((byte) 0x02).put((byte) octets.length).put(octets).array();
    }

    private long privateKey(byte[] id) throws PKCS11Exception {
        long[] found = session.findObjectsSingle(new AttributeVector().class_(PKCS11Constants.CKO_PRIVATE_KEY).id(id), 1);
        if (found.length == 0) {
            throw new Refused(Reason.KEY_NOT_FOUND);
        }
        return found[0];
    }
}
