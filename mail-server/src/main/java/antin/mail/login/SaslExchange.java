package antin.mail.login;

import antin.mail.login.Credentials.AppPassword;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one SASL exchange (RFC 4422), the same for IMAP, SMTP, POP3 and ManageSieve, which carry its messages in base64 and its end in their own
 * words. Not safe for several threads.
 */
public final class SaslExchange {

    /** Characters of one answer in base64: a token of 8 KB and what is around it. */
    public static final int LONGEST_ANSWER = 12_288;

    /** What is to be done next. */
    public sealed interface Step {
    }

    /** Send this challenge, in base64, and hand over the answer. */
    public record Ask(String challenge) implements Step {
    }

    /** Check this; where it is refused, go on with {@link #refused}. */
    public record Check(Credentials credentials) implements Step {
    }

    /** Refuse: wrong credentials. */
    public record Refuse() implements Step {
    }

    /** Refuse: no message of this mechanism. */
    public record Malformed() implements Step {
    }

    /** The client gave up (RFC 4954, 4). */
    public record Cancelled() implements Step {
    }

    private final Mechanism mechanism;
    private final Protocol protocol;
    private @Nullable String login;
    private boolean told;

    public SaslExchange(Mechanism mechanism, Protocol protocol) {
        this.mechanism = mechanism;
        this.protocol = protocol;
    }

    /** @param initial the initial response in base64, {@code =} for an empty one (RFC 4954, 4) */
    public Step begin(Optional<String> initial) {
        return initial.map(this::next).orElseGet(() -> new Ask(mechanism == Mechanism.LOGIN ? base64("Username:") : ""));
    }

    /** @param line the client's answer, without its line end */
    public Step next(String line) {
        if (told) { // RFC 7628, 3.2.3: whatever it is, the exchange fails
            return new Refuse();
        }
        if (line.equals("*")) {
            return new Cancelled();
        }
        Optional<String> message = line.equals("=") ? Optional.of("") : text(line);
        return message.isEmpty() ? new Malformed() : switch (mechanism) {
            case PLAIN -> check(SaslPlain.parse(message.get()));
            case OAUTHBEARER -> check(SaslBearer.oauthbearer(message.get()));
            case XOAUTH2 -> check(SaslBearer.xoauth2(message.get()));
            case LOGIN -> nameOrPassword(message.get());
        };
    }

    /** After a check that was refused. A client with a token is told why in JSON, and answers once more, before it is refused (RFC 7628, 3.2.2). */
    public Step refused() {
        if (!mechanism.hasToken() || told) {
            return new Refuse();
        }
        told = true;
        String status = mechanism == Mechanism.XOAUTH2 ? "{\"status\":\"401\",\"schemes\":\"bearer\"" : "{\"status\":\"invalid_token\"";
        return new Ask(base64(status + ",\"scope\":\"mail." + protocol.scope() + "\"}"));
    }

    private Step nameOrPassword(String text) {
        if (!SaslPlain.isName(text)) {
            return new Malformed();
        }
        if (login == null) {
            login = text;
            return new Ask(base64("Password:"));
        }
        return new Check(new AppPassword(login, text));
    }

    private static Step check(Optional<? extends Credentials> credentials) {
        return credentials.<Step>map(Check::new).orElseGet(Malformed::new);
    }

    private static Optional<String> text(String base64) {
        if (base64.length() > LONGEST_ANSWER) {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Base64.getDecoder().decode(base64))).toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
