package antin.mail.listener;

import antin.mail.delivery.DeliverAtOnce;
import antin.mail.delivery.KnownRecipients;
import java.util.List;
import java.util.stream.Stream;
import org.apache.james.lmtpserver.DataLineLMTPHandler;
import org.apache.james.protocols.api.handler.CommandDispatcher;
import org.apache.james.protocols.lib.handler.HandlersPackage;
import org.apache.james.protocols.lmtp.core.LhloCmdHandler;
import org.apache.james.protocols.lmtp.core.WelcomeMessageHandler;
import org.apache.james.protocols.smtp.core.NoopCmdHandler;
import org.apache.james.protocols.smtp.core.QuitCmdHandler;
import org.apache.james.protocols.smtp.core.ReceivedDataLineFilter;
import org.apache.james.protocols.smtp.core.RsetCmdHandler;
import org.apache.james.protocols.smtp.core.esmtp.MailSizeEsmtpExtension;
import org.apache.james.smtpserver.JamesDataCmdHandler;
import org.apache.james.smtpserver.JamesMailCmdHandler;
import org.apache.james.smtpserver.JamesRcptCmdHandler;

/** LMTP's commands. */
public final class LmtpHandlers implements HandlersPackage {

    @Override
    public List<String> getHandlers() {
        return Stream.of(WelcomeMessageHandler.class, CommandDispatcher.class, LhloCmdHandler.class, JamesMailCmdHandler.class, JamesRcptCmdHandler.class,
            KnownRecipients.class, JamesDataCmdHandler.class, NoopCmdHandler.class, RsetCmdHandler.class, QuitCmdHandler.class, FewUnknownCommands.class,
            MailSizeEsmtpExtension.class, ReceivedDataLineFilter.class, DataLineLMTPHandler.class, DeliverAtOnce.class).map(Class::getName).toList();
    }
}
