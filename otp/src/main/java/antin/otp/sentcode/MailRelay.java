package antin.otp.sentcode;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import antin.kernel.tls.TlsMaterial;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;

/** A submission server (RFC 6409) that sends letters out of the city. TLS from the start or by STARTTLS, always, with the server's name checked. */
public final class MailRelay implements CodeSender {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * @param fromStart whether TLS comes first (RFC 8314)
     * @param login     none where the relay knows us by our address
     * @param trust     authorities in PEM in place of the JDK's own
     */
    public record Settings(String host, int port, boolean fromStart, Optional<Login> login, String from, Optional<Path> trust) {

        /** The password's file is read for each letter, so that it may change. */
        public record Login(String user, Path passwordFile) {
        }
    }

    private final Settings settings;
    private final Session session;

    public MailRelay(Settings settings) {
        this(settings, PATIENCE);
    }

    /** @param patience for connecting, and for each answer */
    MailRelay(Settings settings, Duration patience) {
        this.settings = settings;
        String millis = Long.toString(patience.toMillis());
        Properties mail = new Properties();
        mail.setProperty("mail.transport.protocol", "smtp");
        mail.setProperty("mail.smtp.host", settings.host());
        mail.setProperty("mail.smtp.port", Integer.toString(settings.port()));
        mail.setProperty("mail.smtp.ssl.enable", Boolean.toString(settings.fromStart()));
        mail.setProperty("mail.smtp.starttls.enable", Boolean.toString(!settings.fromStart()));
        mail.setProperty("mail.smtp.starttls.required", Boolean.toString(!settings.fromStart()));
        mail.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        mail.setProperty("mail.smtp.auth", Boolean.toString(settings.login().isPresent()));
        mail.setProperty("mail.smtp.connectiontimeout", millis);
        mail.setProperty("mail.smtp.timeout", millis);
        mail.setProperty("mail.smtp.writetimeout", millis);
        settings.trust().ifPresent(trust -> mail.put("mail.smtp.ssl.socketFactory", TlsMaterial.clientTrusting(trust).getSocketFactory()));
        this.session = Session.getInstance(mail, settings.login().map(MailRelay::authenticator).orElse(null));
    }

    @Override
    public void send(String destination, String text) {
        try {
            MimeMessage letter = new MimeMessage(session);
            letter.setFrom(new InternetAddress(settings.from(), true));
            letter.setRecipient(Message.RecipientType.TO, new InternetAddress(destination, true));
            letter.setSubject("Ấn Tín", StandardCharsets.UTF_8.name());
            letter.setSentDate(new Date());
            letter.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834, 5
            letter.setText(text, StandardCharsets.UTF_8.name());
            Transport.send(letter);
        } catch (MessagingException e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "The code could not be sent now.", e);
        }
    }

    private static Authenticator authenticator(Settings.Login login) {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(login.user(), SecretFile.text(login.passwordFile()));
            }
        };
    }
}
