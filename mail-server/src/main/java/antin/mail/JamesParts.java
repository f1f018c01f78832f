package antin.mail;

import com.google.inject.Injector;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.commons.configuration2.Configuration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.mailetcontainer.api.MailetLoader;
import org.apache.james.mailetcontainer.api.MatcherLoader;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.lib.handler.ProtocolHandlerLoader;
import org.apache.mailet.Mailet;
import org.apache.mailet.MailetConfig;
import org.apache.mailet.Matcher;
import org.apache.mailet.MatcherConfig;

/** Makes the handlers, mailets and matchers that James asks for by class name. Names come from our own configuration only. */
final class JamesParts implements ProtocolHandlerLoader, MailetLoader, MatcherLoader {

    private static final String STANDARD_MAILETS = "org.apache.james.transport.mailets.";
    private static final String STANDARD_MATCHERS = "org.apache.james.transport.matchers.";

    private final Injector injector;

    @Inject
    JamesParts(Injector injector) {
        this.injector = injector;
    }

    @Override
    public ProtocolHandler load(String name, Configuration configuration) throws LoadingException {
        try {
            ProtocolHandler handler = make(name, ProtocolHandler.class);
            handler.init(configuration);
            return handler;
        } catch (ClassNotFoundException | ConfigurationException e) {
            throw new LoadingException("Cannot load " + name, e);
        }
    }

    @Override
    public Mailet getMailet(MailetConfig config) throws MessagingException {
        try {
            Mailet mailet = make(full(config.getMailetName(), STANDARD_MAILETS), Mailet.class);
            mailet.init(config);
            return mailet;
        } catch (ClassNotFoundException e) {
            throw new MessagingException("No mailet " + config.getMailetName(), e);
        }
    }

    @Override
    public Matcher getMatcher(MatcherConfig config) throws MessagingException {
        try {
            Matcher matcher = make(full(config.getMatcherName(), STANDARD_MATCHERS), Matcher.class);
            matcher.init(config);
            return matcher;
        } catch (ClassNotFoundException e) {
            throw new MessagingException("No matcher " + config.getMatcherName(), e);
        }
    }

    private <T> T make(String name, Class<T> kind) throws ClassNotFoundException {
        return injector.getInstance(Class.forName(name).asSubclass(kind));
    }

    private static String full(String name, String standard) {
        return name.indexOf('.') < 0 ? standard + name : name;
    }
}
