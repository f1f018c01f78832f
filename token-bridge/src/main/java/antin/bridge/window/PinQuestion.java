package antin.bridge.window;

import antin.bridge.origin.Origin;
import antin.bridge.token.TokenCertificate;
import antin.bridge.token.TokenState;
import java.util.List;
import java.util.Optional;

/**
 * What a PIN is asked for.
 *
 * @param certificate empty where a key is made or the PIN changed
 * @param documents all that will be signed with this one PIN
 * @param wrong how many PINs the token did not take since the question was first asked
 */
public record PinQuestion(Act act, Origin origin, TokenState token, Optional<TokenCertificate> certificate, List<Document> documents, int wrong) {

    /** What the PIN is for; the word is a key of the texts. */
    public enum Act {
        SIGN("sign"), LOG_IN("log-in"), MAKE_KEY("make-key"), STORE_CERTIFICATE("store-certificate"), CHANGE_PIN("change-pin");

        private final String word;

        Act(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * What is signed. The name is the page's own word and is shown as such; the digest is what counts.
     *
     * @param name empty where the page gives none
     */
    public record Document(String name, byte[] digest) {
    }

    /** The same after a wrong PIN. */
    public PinQuestion afterWrongPin() {
        return new PinQuestion(act, origin, token, certificate, documents, wrong + 1);
    }

    /** The same with what the token tells now. */
    public PinQuestion with(TokenState now) {
        return new PinQuestion(act, origin, now, certificate, documents, wrong);
    }
}
