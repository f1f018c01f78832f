package antin.mail.guard;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Closes a connection that is silent too long, or that lasts too long altogether, however it drips. */
public final class Patience extends IdleStateHandler {

    private final Duration life;
    private @Nullable Future<?> end;

    public Patience(Duration silence, Duration life) {
        super(silence.toMillis(), 0, 0, TimeUnit.MILLISECONDS);
        this.life = life;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        end = ctx.executor().schedule(() -> ctx.close(), life.toMillis(), TimeUnit.MILLISECONDS);
        super.channelActive(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        if (end != null) {
            end.cancel(false);
        }
        super.channelInactive(ctx);
    }

    @Override
    protected void channelIdle(ChannelHandlerContext ctx, IdleStateEvent event) {
        ctx.close();
    }
}
