package antin.mail.listener;

import antin.mail.login.PopLogin;
import antin.mail.login.PopUser;
import java.util.List;
import java.util.stream.Stream;
import org.apache.james.protocols.api.handler.CommandDispatcher;
import org.apache.james.protocols.lib.handler.HandlersPackage;
import org.apache.james.protocols.pop3.core.CapaCmdHandler;
import org.apache.james.protocols.pop3.core.DeleCmdHandler;
import org.apache.james.protocols.pop3.core.ListCmdHandler;
import org.apache.james.protocols.pop3.core.NoopCmdHandler;
import org.apache.james.protocols.pop3.core.QuitCmdHandler;
import org.apache.james.protocols.pop3.core.RetrCmdHandler;
import org.apache.james.protocols.pop3.core.RsetCmdHandler;
import org.apache.james.protocols.pop3.core.StatCmdHandler;
import org.apache.james.protocols.pop3.core.StlsCmdHandler;
import org.apache.james.protocols.pop3.core.TopCmdHandler;
import org.apache.james.protocols.pop3.core.UidlCmdHandler;
import org.apache.james.protocols.pop3.core.UnknownCmdHandler;
import org.apache.james.protocols.pop3.core.WelcomeMessageHandler;

/** POP3's commands, without APOP. */
public final class PopHandlers implements HandlersPackage {

    @Override
    public List<String> getHandlers() {
        return Stream.of(WelcomeMessageHandler.class, CommandDispatcher.class, CapaCmdHandler.class, PopUser.class, PopLogin.class, ListCmdHandler.class,
            UidlCmdHandler.class, RsetCmdHandler.class, DeleCmdHandler.class, NoopCmdHandler.class, RetrCmdHandler.class, TopCmdHandler.class,
            StatCmdHandler.class, QuitCmdHandler.class, UnknownCmdHandler.class, StlsCmdHandler.class).map(Class::getName).toList();
    }
}
