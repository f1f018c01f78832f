package antin.bridge.token;

import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Slot;
import org.xipki.pkcs11.wrapper.TokenInfo;

/** A token in a slot. Each act opens a session of its own and closes it: a login outlives no act. */
final class Pkcs11Token implements Token {

    private static final int LONGEST_PIN = 255;

    private final Slot slot;

    Pkcs11Token(Slot slot) {
        this.slot = slot;
    }

    /** The same for one token that two libraries show. */
    String identity() throws Refused {
        TokenState state = state();
        return state.serial().isEmpty() ? "slot " + slot.getModule() + " " + slot.getSlotID() : state.manufacturer() + '\n' + state.serial() + '\n' + state.label();
    }

    @Override
    public TokenState state() {
        try {
            TokenInfo info = slot.getToken().getTokenInfo();
            int longest = info.getMaxPinLen() > 0 && info.getMaxPinLen() < LONGEST_PIN ? (int) info.getMaxPinLen() : LONGEST_PIN;
            int shortest = info.getMinPinLen() > 0 && info.getMinPinLen() <= longest ? (int) info.getMinPinLen() : 1;
            return new TokenState(info.getLabel().strip(), info.getManufacturerID().strip(), info.getModel().strip(), info.getSerialNumber().strip(),
                info.hasFlagBit(PKCS11Constants.CKF_USER_PIN_INITIALIZED), info.hasFlagBit(PKCS11Constants.CKF_USER_PIN_COUNT_LOW), info.hasFlagBit(PKCS11Constants.CKF_USER_PIN_FINAL_TRY),
                info.hasFlagBit(PKCS11Constants.CKF_USER_PIN_LOCKED), info.isProtectedAuthenticationPath(), info.hasFlagBit(PKCS11Constants.CKF_WRITE_PROTECTED), shortest, longest);
        } catch (PKCS11Exception e) {
            throw Pkcs11Failures.refused(e);
        }
    }

    @Override
    public List<TokenCertificate> certificates() {
        List<TokenCertificate> certificates = new ArrayList<>();
        try {
            Session session = open(false);
            try {
                for (long handle : session.findAllObjectsSingle(new AttributeVector().class_(PKCS11Constants.CKO_CERTIFICATE).certificateType(PKCS11Constants.CKC_X_509))) {
                    AttributeVector attributes = session.getAttrValues(handle, PKCS11Constants.CKA_VALUE, PKCS11Constants.CKA_ID);
                    add(certificates, attributes);
                }
            } finally {
                session.closeSession();
            }
        } catch (PKCS11Exception e) {
            throw Pkcs11Failures.refused(e);
        }
        return certificates;
    }

    @Override
    public List<SignatureAlgorithm> algorithms(TokenCertificate certificate) {
        return Mechanisms.algorithms(certificate.certificate().getPublicKey(), slot.getToken().getMechanismList());
    }

    @Override
    public boolean hasKeyOf(PublicKey key) {
        try {
            Session session = open(false);
            try {
                return KeyObjects.id(session, key).isPresent();
            } finally {
                session.closeSession();
            }
        } catch (PKCS11Exception e) {
            throw Pkcs11Failures.refused(e);
        }
    }

    @Override
    public Login login(Pin pin) throws WrongPin {
        // read and write, since a key may be made
        try {
            Session session = open(!state().readOnly());
            try {
                login(session, pin);
                return new Pkcs11Login(session, pin);
            } catch (PKCS11Exception e) {
                session.closeSession();
                throw Pkcs11Failures.pinRefused(e);
            }
        } catch (PKCS11Exception e) {
            throw Pkcs11Failures.refused(e);
        }
    }

    @Override
    public void changePin(Pin old, Pin fresh) throws WrongPin {
        try {
            Session session = open(true);
            try {
                session.setPIN(old.characters().orElse(null), fresh.characters().orElse(null));
            } catch (PKCS11Exception e) {
                throw Pkcs11Failures.pinRefused(e);
            } finally {
                session.closeSession();
            }
        } catch (PKCS11Exception e) {
            throw Pkcs11Failures.refused(e);
        }
    }

    private Session open(boolean writable) throws PKCS11Exception {
        return slot.getToken().openSession(writable);
    }

    /** A login that another session of this process left behind is not trusted: it ends, and the PIN is given once. */
    private static void login(Session session, Pin pin) throws PKCS11Exception {
        try {
            session.login(PKCS11Constants.CKU_USER, pin.characters().orElse(null));
        } catch (PKCS11Exception e) {
            if (e.getErrorCode() != PKCS11Constants.CKR_USER_ALREADY_LOGGED_IN) {
                throw e;
            }
            session.logout();
            session.login(PKCS11Constants.CKU_USER, pin.characters().orElse(null));
        }
    }

    private void add(List<TokenCertificate> certificates, AttributeVector attributes) {
        byte[] value = attributes.value();
        byte[] id = attributes.id();
        if (value == null || id == null || id.length == 0) {
            return; // nothing ties it to a key
        }
        try {
            certificates.add(new TokenCertificate(this, (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(value)), id));
        } catch (CertificateException e) {
            System.err.println("A certificate on the token cannot be read: " + new Refused(Reason.TOKEN_FAILED, e).getMessage());
        }
    }
}
