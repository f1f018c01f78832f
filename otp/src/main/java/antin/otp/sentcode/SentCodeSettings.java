package antin.otp.sentcode;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which ways of sending codes are on, by the keys {@code codes.mail.*} and {@code codes.sms.*}; none where they are not there.
 *
 * @param mail a submission server that sends out of the city
 * @param sms  a provider's HTTP gateway
 */
public record SentCodeSettings(Optional<MailRelay.Settings> mail, Optional<SmsGateway.Settings> sms) {

    private static final String MAIL = "codes.mail.";
    private static final String SMS = "codes.sms.";
    private static final int SUBMISSIONS = 465;
    private static final int SUBMISSION = 587;

    /** Nothing is sent. */
    public static SentCodeSettings off() {
        return new SentCodeSettings(Optional.empty(), Optional.empty());
    }

    /** Reads its keys of {@code conf/backbone.properties}. */
    public static SentCodeSettings read(Settings file) {
        return new SentCodeSettings(file.optionalText(MAIL + "relay").map(relay -> mail(file, relay)), file.optionalText(SMS + "url").map(url -> sms(file, url)));
    }

    /** A part to close for each that holds something open is the caller's. */
    public Map<Way, CodeSender> senders() {
        Map<Way, CodeSender> senders = new EnumMap<>(Way.class);
        mail.ifPresent(settings -> senders.put(Way.MAIL, new MailRelay(settings)));
        sms.ifPresent(settings -> senders.put(Way.SMS, new SmsGateway(settings)));
        return senders;
    }

    private static MailRelay.Settings mail(Settings file, String relay) {
        if (!relay.matches("smtps?://[A-Za-z0-9.:\\[\\]-]+")) {
            throw wrong(MAIL + "relay", "smtps://relay.example:465, or smtp://relay.example:587 with STARTTLS", relay);
        }
        URI address = URI.create(relay);
        boolean fromStart = relay.startsWith("smtps:");
        String from = file.text(MAIL + "from");
        if (Way.MAIL.destination(from).isEmpty()) {
            throw wrong(MAIL + "from", "khong-tra-loi@city.example", from);
        }
        return new MailRelay.Settings(address.getHost(), address.getPort() > 0 ? address.getPort() : fromStart ? SUBMISSIONS : SUBMISSION, fromStart,
            file.optionalText(MAIL + "user").map(user -> new MailRelay.Settings.Login(user, file.path(MAIL + "password-file"))), from, path(file, MAIL + "trust-file"));
    }

    private static SmsGateway.Settings sms(Settings file, String url) {
        if (!url.matches("https://[^\\s#]+")) {
            throw wrong(SMS + "url", "https://gateway.example/messages", url);
        }
        String body = file.text(SMS + "body", "{\"to\": \"{to}\", \"text\": \"{text}\"}");
        if (!body.contains("{to}") || !body.contains("{text}")) {
            throw wrong(SMS + "body", "{\"to\": \"{to}\", \"text\": \"{text}\"}", body);
        }
        return new SmsGateway.Settings(URI.create(url), path(file, SMS + "token-file"), body, path(file, SMS + "trust-file"));
    }

    private static Optional<Path> path(Settings file, String key) {
        return file.optionalText(key).map(unused -> file.path(key));
    }

    private static Problem wrong(String key, String example, String value) {
        return new Problem(Kind.MISCONFIGURED, "The key " + key + " must look like " + example + ", and is \"" + value + "\".");
    }
}
