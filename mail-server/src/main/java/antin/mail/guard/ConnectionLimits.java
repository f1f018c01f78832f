package antin.mail.guard;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many connections a listener keeps, altogether and from one address (an IPv6 network of 64 bits counts as one). One for each listener. */
@Sharable
public final class ConnectionLimits extends ChannelInboundHandlerAdapter {

    private static final AttributeKey<Boolean> REFUSED = AttributeKey.valueOf("antin.refused");

    private final int all;
    private final int each;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

    public ConnectionLimits(int all, int each) {
        this.all = all;
        this.each = each;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        int fromHere = byAddress.merge(client(ctx), 1, Integer::sum);
        if (open.incrementAndGet() > all || fromHere > each) {
            ctx.channel().attr(REFUSED).set(true);
            ctx.close(); // channelInactive follows and counts it out again; James never hears of it
            return;
        }
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        open.decrementAndGet();
        byAddress.computeIfPresent(client(ctx), (address, count) -> count == 1 ? null : count - 1);
        if (!ctx.channel().hasAttr(REFUSED)) {
            ctx.fireChannelInactive();
        }
    }

    private static String client(ChannelHandlerContext ctx) {
        return ClientAddress.network(ClientAddress.of(ctx.channel()).getAddress());
    }
}
