package antin.keys.pkcs11;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;

/** One session, with the handles of the private keys that it has used. Used by one thread at a time. */
final class TokenSession {

    private static final Logger LOG = LoggerFactory.getLogger(TokenSession.class);

    private final Session session;
    private final int generation;
    private final Map<String, Long> handles = new HashMap<>();

    TokenSession(Session session, int generation) {
        this.session = session;
        this.generation = generation;
    }

    /** Whether it was opened since the library's last start. */
    boolean isOf(int running) {
        return generation == running;
    }

    Session raw() {
        return session;
    }

    /** Fails where the session is dead, or no longer logged in: it would find no private key and say that there is none. */
    void check() throws PKCS11Exception {
        long state = session.getSessionInfo().getState();
        if (state != PKCS11Constants.CKS_RW_USER_FUNCTIONS) {
            throw new PKCS11Exception(PKCS11Constants.CKR_USER_NOT_LOGGED_IN);
        }
    }

    /** The handle of a private key, looked up once a session: it holds until the login ends, and then the session is dead too. */
    long privateKey(byte[] id) throws PKCS11Exception {
        String key = HexFormat.of().formatHex(id);
        Long known = handles.get(key);
        if (known != null) {
            return known;
        }
        long[] found = session.findObjectsSingle(new AttributeVector().class_(PKCS11Constants.CKO_PRIVATE_KEY).id(id), 1);
        if (found.length == 0) {
            throw new PKCS11Exception(PKCS11Constants.CKR_KEY_HANDLE_INVALID);
        }
        handles.put(key, found[0]);
        return found[0];
    }

    void close() {
        try {
            session.closeSession();
        } catch (PKCS11Exception e) {
            LOG.debug("A session that is given up did not close", e);
        }
    }
}
