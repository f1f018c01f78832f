package antin.mail.listener;

import antin.mail.guard.ConnectionLimits;
import antin.mail.guard.LineTransport;
import antin.mail.session.OpenSessions;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import org.apache.james.pop3server.netty.POP3Server;
import org.apache.james.protocols.api.ProtocolConfiguration;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.lib.handler.HandlersPackage;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;
import org.apache.james.protocols.netty.BasicChannelInboundHandler;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.netty.ProtocolMDCContextFactory;
import org.apache.james.protocols.pop3.POP3Protocol;
import org.jspecify.annotations.Nullable;

/** POP3 (RFC 1939) with STLS (RFC 2595) or TLS from the start. */
final class PopListener extends POP3Server {

    private final ListenerSettings settings;
    private final @Nullable Encryption encryption;
    private final ConnectionLimits limits;

    PopListener(ListenerSettings settings, @Nullable Encryption encryption) {
        this.settings = settings;
        this.encryption = encryption;
        this.limits = new ConnectionLimits(settings.connections(), settings.connectionsEach());
    }

    @Override
    protected @Nullable Encryption getEncryption() {
        return encryption;
    }

    @Override
    protected Class<? extends HandlersPackage> getCoreHandlersPackage() {
        return PopHandlers.class;
    }

    @Override
    protected AbstractChannelPipelineFactory<SocketChannel> createPipelineFactory() {
        return new LinePipeline(settings, limits, encryption, "-ERR", this::createCoreHandler);
    }

    @Override
    protected ChannelInboundHandlerAdapter createCoreHandler() {
        POP3Protocol protocol = new POP3Protocol(getProtocolHandlerChain(), new Greeting());
        return new BasicChannelInboundHandler(new ProtocolMDCContextFactory.Standard(), protocol, encryption, false) {
            @Override
            protected ProtocolSession createSession(ChannelHandlerContext ctx) {
                ProtocolSession session = protocol.newSession(new LineTransport(ctx.channel(), encryption));
                session.setAttachment(OpenSessions.CONNECTION, ctx.channel(), ProtocolSession.State.Connection);
                return session;
            }
        };
    }

    private final class Greeting implements ProtocolConfiguration {

        @Override
        public String getHelloName() {
            return settings.hostname();
        }

        @Override
        public @Nullable String getGreeting() {
            return null;
        }

        @Override
        public String getSoftwareName() {
            return "POP3";
        }
    }
}
