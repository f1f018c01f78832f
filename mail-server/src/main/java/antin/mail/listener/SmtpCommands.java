package antin.mail.listener;

import java.util.List;
import org.apache.james.protocols.api.handler.CommandDispatcher;
import org.apache.james.protocols.smtp.core.HeloCmdHandler;
import org.apache.james.protocols.smtp.core.NoopCmdHandler;
import org.apache.james.protocols.smtp.core.QuitCmdHandler;
import org.apache.james.protocols.smtp.core.ReceivedDataLineFilter;
import org.apache.james.protocols.smtp.core.RsetCmdHandler;
import org.apache.james.protocols.smtp.core.esmtp.EhloCmdHandler;
import org.apache.james.protocols.smtp.core.esmtp.MailSizeEsmtpExtension;
import org.apache.james.protocols.smtp.core.esmtp.StartTlsCmdHandler;
import org.apache.james.smtpserver.AddDefaultAttributesMessageHook;
import org.apache.james.smtpserver.DataLineJamesMessageHookHandler;
import org.apache.james.smtpserver.JamesDataCmdHandler;
import org.apache.james.smtpserver.JamesMailCmdHandler;
import org.apache.james.smtpserver.JamesRcptCmdHandler;
import org.apache.james.smtpserver.JamesWelcomeMessageHandler;

/** The commands that both kinds of SMTP know. VRFY and EXPN are not among them: whom we know is nobody's business. */
final class SmtpCommands {

    static final List<Class<?>> ALL = List.of(JamesWelcomeMessageHandler.class, CommandDispatcher.class, EhloCmdHandler.class, HeloCmdHandler.class,
        StartTlsCmdHandler.class, JamesMailCmdHandler.class, JamesRcptCmdHandler.class, JamesDataCmdHandler.class, NoopCmdHandler.class,
        RsetCmdHandler.class, QuitCmdHandler.class, FewUnknownCommands.class, MailSizeEsmtpExtension.class, ReceivedDataLineFilter.class,
        DataLineJamesMessageHookHandler.class, AddDefaultAttributesMessageHook.class);

    private SmtpCommands() {
    }
}
