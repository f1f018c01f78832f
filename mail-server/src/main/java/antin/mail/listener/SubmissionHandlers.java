package antin.mail.listener;

import antin.mail.delivery.AcceptLetter;
import antin.mail.delivery.KnownRecipients;
import antin.mail.delivery.OwnSender;
import antin.mail.login.SmtpAuth;
import java.util.List;
import java.util.stream.Stream;
import org.apache.james.protocols.lib.handler.HandlersPackage;

/** For letters from our own people (RFC 6409): login first, then only under their own addresses. */
public final class SubmissionHandlers implements HandlersPackage {

    @Override
    public List<String> getHandlers() {
        return Stream.concat(SmtpCommands.ALL.stream(),
            Stream.of(SmtpAuth.class, OwnSender.class, KnownRecipients.class, AcceptLetter.class)).map(Class::getName).toList();
    }
}
