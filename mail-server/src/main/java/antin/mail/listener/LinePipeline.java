package antin.mail.listener;

import antin.mail.guard.ConnectionLimits;
import antin.mail.guard.CrlfLines;
import antin.mail.guard.Patience;
import antin.mail.guard.ProxyHeader;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.netty.HandlerConstants;
import org.jspecify.annotations.Nullable;

/** What a connection of a line protocol (SMTP, LMTP, POP3) passes through, all on its own thread: so a line is answered before the next is read. */
final class LinePipeline extends AbstractChannelPipelineFactory<SocketChannel> {

    /** Far above RFC 5321's 1,000, since letters with long lines are common, and low enough for memory. */
    static final int LONGEST_LINE = 65_536;
    private static final Duration LONGEST_LIFE = Duration.ofHours(1);

    private final ListenerSettings settings;
    private final ConnectionLimits limits;
    private final @Nullable Encryption encryption;
    private final String errorPrefix;
    private final Supplier<ChannelInboundHandlerAdapter> protocol;

    LinePipeline(ListenerSettings settings, ConnectionLimits limits, @Nullable Encryption encryption, String errorPrefix,
            Supplier<ChannelInboundHandlerAdapter> protocol) {
        super(unused -> new CrlfLines(LONGEST_LINE, errorPrefix), ImmediateEventExecutor.INSTANCE); // James would use these; we build the pipeline
        this.settings = settings;
        this.limits = limits;
        this.encryption = encryption;
        this.errorPrefix = errorPrefix;
        this.protocol = protocol;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(HandlerConstants.CONNECTION_LIMIT_HANDLER, limits);
        if (encryption != null && !encryption.isStartTLS()) {
            pipeline.addLast(HandlerConstants.SSL_HANDLER, encryption.sslHandler());
        }
        pipeline.addLast(HandlerConstants.TIMEOUT_HANDLER, new Patience(settings.silence(), LONGEST_LIFE));
        pipeline.addLast(HandlerConstants.FRAMER, new CrlfLines(LONGEST_LINE, errorPrefix));
        pipeline.addLast(HandlerConstants.CHUNK_HANDLER, new ChunkedWriteHandler());
        pipeline.addLast(HandlerConstants.CORE_HANDLER, createHandler());
        ProxyHeader.addTo(pipeline, settings.proxies());
    }

    @Override
    protected ChannelInboundHandlerAdapter createHandler() {
        return protocol.get();
    }
}
