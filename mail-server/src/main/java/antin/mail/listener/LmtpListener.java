package antin.mail.listener;

import antin.mail.guard.ConnectionLimits;
import io.netty.channel.socket.SocketChannel;
import org.apache.james.lmtpserver.netty.LMTPMetricsImpl;
import org.apache.james.lmtpserver.netty.LMTPServer;
import org.apache.james.protocols.lib.handler.HandlersPackage;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;

/** LMTP (RFC 2033) for programs on this machine: each recipient is answered when the letter is in the mailbox. */
final class LmtpListener extends LMTPServer {

    private final ListenerSettings settings;
    private final ConnectionLimits limits;

    LmtpListener(ListenerSettings settings, LMTPMetricsImpl metrics) {
        super(metrics);
        this.settings = settings;
        this.limits = new ConnectionLimits(settings.connections(), settings.connectionsEach());
    }

    @Override
    protected Class<? extends HandlersPackage> getCoreHandlersPackage() {
        return LmtpHandlers.class;
    }

    @Override
    protected AbstractChannelPipelineFactory<SocketChannel> createPipelineFactory() {
        return new LinePipeline(settings, limits, null, "500 5.5.2", this::createCoreHandler);
    }
}
