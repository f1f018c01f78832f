package antin.mail.login;

import java.util.Optional;

/** What a client shows to be let in. Neither form ever shows its secret in a log. */
public sealed interface Credentials {

    /**
     * An app password.
     *
     * @param login   the name as it was typed
     * @param mailbox the mailbox to open, where the client named it apart (RFC 4616: authorization identity)
     */
    record AppPassword(String login, String password, Optional<String> mailbox) implements Credentials {

        public AppPassword(String login, String password) {
            this(login, password, Optional.empty());
        }

        @Override
        public String toString() {
            return "AppPassword[" + login + "]";
        }
    }

    /**
     * An access token.
     *
     * @param user the mailbox to open; empty: the token's owner's
     */
    record BearerToken(Optional<String> user, String token) implements Credentials {

        @Override
        public String toString() {
            return "BearerToken[" + user.orElse("") + "]";
        }
    }
}
