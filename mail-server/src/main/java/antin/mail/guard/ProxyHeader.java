package antin.mail.guard;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PROXY protocol, versions 1 and 2, from configured proxies only: each of their connections begins with the header, before TLS, and counts as the client's that
 * it names. Nobody else's header is looked at: to us it is what a client says, and no command. Until the header is there, nothing behind this hears of the
 * connection.
 */
public final class ProxyHeader extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(ProxyHeader.class);
    private static final String DECODER = "proxy-decoder";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST_EXTENSIONS = 512;

    private final Networks proxies;
    private boolean waiting;
    private boolean failed;
    private @Nullable Future<?> deadline;

    private ProxyHeader(Networks proxies) {
        this.proxies = proxies;
    }

    /** To be called when everything else is in the pipeline that it must come before. */
    public static void addTo(ChannelPipeline pipeline, Networks proxies) {
        if (!proxies.isEmpty()) {
            pipeline.addFirst("proxy", new ProxyHeader(proxies));
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (!(ctx.channel().remoteAddress() instanceof InetSocketAddress peer) || !proxies.contain(peer.getAddress())) {
            ctx.fireChannelActive();
            return;
        }
        waiting = true;
        ctx.pipeline().addFirst(DECODER, new HAProxyMessageDecoder(LONGEST_EXTENSIONS));
        deadline = ctx.executor().schedule(() -> refuse(ctx, "no header in time"), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HAProxyMessage header) {
            try {
                begin(ctx, header);
            } finally {
                header.release();
            }
        } else if (failed || waiting && message instanceof ByteBuf) {
            ReferenceCountUtil.release(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stopWaiting();
        if (!waiting) {
            ctx.fireChannelInactive();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (waiting) {
            refuse(ctx, cause.getMessage());
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    private void begin(ChannelHandlerContext ctx, HAProxyMessage header) {
        if (failed) {
            return;
        }
        // LOCAL (and UNKNOWN) is the proxy itself, looking whether we live: it counts as what it is.
        String source = header.command() == HAProxyCommand.PROXY ? header.sourceAddress() : null;
        if (source != null) {
            byte[] address = NetUtil.createByteArrayFromIpAddressString(source);
            if (address == null) {
                refuse(ctx, "no internet address");
                return;
            }
            try {
                ctx.channel().attr(ClientAddress.BEHIND_PROXY).set(new InetSocketAddress(InetAddress.getByAddress(address), header.sourcePort()));
            } catch (UnknownHostException e) {
                refuse(ctx, "no internet address");
                return;
            }
        }
        stopWaiting();
        waiting = false;
        ctx.fireChannelActive();
    }

    private void refuse(ChannelHandlerContext ctx, @Nullable String why) {
        if (waiting && !failed) {
            LOG.warn("The proxy {} sent no header of the PROXY protocol: {}", ctx.channel().remoteAddress(), why);
        }
        failed = true;
        ctx.close();
    }

    private void stopWaiting() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
