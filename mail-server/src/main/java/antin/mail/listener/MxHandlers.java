package antin.mail.listener;

import antin.mail.delivery.AcceptLetter;
import antin.mail.delivery.ForeignSender;
import antin.mail.delivery.KnownRecipients;
import java.util.List;
import java.util.stream.Stream;
import org.apache.james.protocols.lib.handler.HandlersPackage;

/** For letters from other servers: nobody logs in, nothing is relayed, nobody from outside speaks for our domains. */
public final class MxHandlers implements HandlersPackage {

    @Override
    public List<String> getHandlers() {
        return Stream.concat(SmtpCommands.ALL.stream(), Stream.of(ForeignSender.class, KnownRecipients.class, AcceptLetter.class))
            .map(Class::getName).toList();
    }
}
