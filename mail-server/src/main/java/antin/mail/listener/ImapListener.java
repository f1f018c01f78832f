package antin.mail.listener;

import antin.mail.guard.ClientAddress;
import antin.mail.guard.ConnectionLimits;
import antin.mail.guard.ImapGuard;
import antin.mail.guard.ImapTurns;
import antin.mail.guard.ProxyHeader;
import antin.mail.login.ImapOpening;
import io.netty.channel.Channel;
import java.time.Duration;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.encode.main.DefaultImapEncoderFactory;
import org.apache.james.imap.main.DefaultImapDecoderFactory;
import org.apache.james.imapserver.netty.IMAPServer;
import org.apache.james.imapserver.netty.ImapMetrics;
import org.apache.james.imapserver.netty.SwitchableLineBasedFrameDecoderFactory;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.netty.ChannelHandlerFactory;
import org.apache.james.protocols.netty.Encryption;
import org.jspecify.annotations.Nullable;

/** IMAP (RFC 9051, as far as James 3.8 goes) with STARTTLS or TLS from the start. */
final class ImapListener extends IMAPServer {

    /** James wants 30 minutes for clients that idle; one that is not logged in gets a minute. */
    private static final Duration TIME_TO_LOG_IN = Duration.ofMinutes(1);
    static final int LONGEST_LINE = 65_536;
    private static final int LITERALS = 64;

    private final ListenerSettings settings;
    private final @Nullable Encryption encryption;
    private final ConnectionLimits limits;

    ImapListener(ListenerSettings settings, @Nullable Encryption encryption, ImapProcessor processor, MetricFactory metrics, GaugeRegistry gauges) {
        super(DefaultImapDecoderFactory.createDecoder(), new UnicodeStructures(new DefaultImapEncoderFactory().buildImapEncoder()), processor, new ImapMetrics(metrics), gauges);
        this.settings = settings;
        this.encryption = encryption;
        this.limits = new ConnectionLimits(settings.connections(), settings.connectionsEach());
    }

    @Override
    protected @Nullable Encryption getEncryption() {
        return encryption;
    }

    @Override
    protected ChannelHandlerFactory createFrameHandlerFactory() {
        ChannelHandlerFactory lines = new SwitchableLineBasedFrameDecoderFactory(LONGEST_LINE);
        ImapGuard.Limits afterLogin = new ImapGuard.Limits(LONGEST_LINE, settings.maxLetterBytes(), LITERALS);
        // James asks for its framer while it builds a connection's pipeline: the place for what must come before it.
        return pipeline -> {
            pipeline.addLast("limits", limits);
            pipeline.addLast("turns", new ImapTurns());
            pipeline.addLast("guard", new ImapGuard(afterLogin, TIME_TO_LOG_IN, ImapListener::begun));
            ProxyHeader.addTo(pipeline, settings.proxies());
            return lines.create(pipeline);
        };
    }

    private static void begun(ImapSession session, Channel channel) {
        session.setAttribute(ImapOpening.CLIENT_ADDRESS, ClientAddress.text(channel));
        session.setAttribute(ImapOpening.CONNECTION, channel);
        session.setAttribute(ImapTurns.ATTRIBUTE, channel.pipeline().get(ImapTurns.class));
    }
}
