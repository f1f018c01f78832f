package antin.bridge.token;

import java.security.PublicKey;
import java.util.List;

/** A token in a reader. Every call may end in {@link antin.bridge.message.Refused} with {@code TOKEN_REMOVED} or {@code TOKEN_FAILED}. For one thread at a time. */
public interface Token {

    /** Asked anew each time. */
    TokenState state();

    /** Its X.509 certificates, read without a PIN. */
    List<TokenCertificate> certificates();

    /** What the key of one of its certificates can do, the best first: PSS where the token has it, before PKCS#1 v1.5. */
    List<SignatureAlgorithm> algorithms(TokenCertificate certificate);

    /** Whether it shows the public half of a key it has, without a PIN. */
    boolean hasKeyOf(PublicKey key);

    /**
     * Gives the PIN to the token once. The PIN stays the caller's, to be wiped after the login is closed.
     *
     * @throws WrongPin where it is not the right one: one try is gone
     */
    Login login(Pin pin) throws WrongPin;

    /** @throws WrongPin where {@code old} is not the right one: one try is gone */
    void changePin(Pin old, Pin fresh) throws WrongPin;
}
