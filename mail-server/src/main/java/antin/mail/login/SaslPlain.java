package antin.mail.login;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The one message of SASL PLAIN (RFC 4616). */
record SaslPlain(String login, String password) {

    /** Empty where the message is malformed, or asks to act for somebody else. */
    static Optional<SaslPlain> parse(String base64) {
        String message;
        try {
            message = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Base64.getDecoder().decode(base64.strip()))).toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
        String[] parts = message.split("\0", -1);
        // RFC 4616, 2: message = [authzid] NUL authcid NUL passwd
        if (parts.length != 3 || !(parts[0].isEmpty() || parts[0].equalsIgnoreCase(parts[1]))) {
            return Optional.empty();
        }
        return Optional.of(new SaslPlain(parts[1], parts[2]));
    }

    @Override
    public String toString() {
        return "SaslPlain[" + login + "]"; // never the password, not even by accident in a log
    }
}
