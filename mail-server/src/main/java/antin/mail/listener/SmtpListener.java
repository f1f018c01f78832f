package antin.mail.listener;

import antin.mail.guard.ConnectionLimits;
import antin.mail.guard.LineTransport;
import antin.mail.session.OpenSessions;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.lib.handler.HandlersPackage;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.smtp.SMTPConfiguration;
import org.apache.james.protocols.smtp.SMTPProtocol;
import org.apache.james.smtpserver.ExtendedSMTPSession;
import org.apache.james.smtpserver.netty.SMTPChannelInboundHandler;
import org.apache.james.smtpserver.netty.SMTPServer;
import org.apache.james.smtpserver.netty.SmtpMetrics;
import org.jspecify.annotations.Nullable;

/** SMTP: from other servers (MX) or from our people (submission), by its chain of handlers. */
final class SmtpListener extends SMTPServer {

    private final ListenerSettings settings;
    private final @Nullable Encryption encryption;
    private final Class<? extends HandlersPackage> handlers;
    private final SmtpMetrics metrics;
    private final ConnectionLimits limits;

    SmtpListener(ListenerSettings settings, @Nullable Encryption encryption, Class<? extends HandlersPackage> handlers, SmtpMetrics metrics) {
        super(metrics);
        this.settings = settings;
        this.encryption = encryption;
        this.handlers = handlers;
        this.metrics = metrics;
        this.limits = new ConnectionLimits(settings.connections(), settings.connectionsEach());
    }

    @Override
    protected @Nullable Encryption getEncryption() {
        return encryption;
    }

    @Override
    protected Class<? extends HandlersPackage> getCoreHandlersPackage() {
        return handlers;
    }

    @Override
    protected AbstractChannelPipelineFactory<SocketChannel> createPipelineFactory() {
        return new LinePipeline(settings, limits, encryption, "500 5.5.2", this::createCoreHandler);
    }

    @Override
    protected ChannelInboundHandlerAdapter createCoreHandler() {
        SMTPConfiguration configuration = new SMTPHandlerConfigurationDataImpl();
        SMTPProtocol protocol = new SMTPProtocol(getProtocolHandlerChain(), configuration) {
            @Override
            public ProtocolSession newSession(ProtocolTransport transport) {
                return new ExtendedSMTPSession(configuration, transport);
            }
        };
        return new SMTPChannelInboundHandler(protocol, encryption, false, metrics) {
            @Override
            protected ProtocolSession createSession(ChannelHandlerContext ctx) {
                ProtocolSession session = protocol.newSession(new LineTransport(ctx.channel(), encryption));
                session.setAttachment(OpenSessions.CONNECTION, ctx.channel(), ProtocolSession.State.Connection);
                return session;
            }
        };
    }
}
