package antin.mail.guard;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.protocols.netty.HandlerConstants;
import org.jspecify.annotations.Nullable;

/**
 * Lets an IMAP client's commands pass one by one, each when the one before it is carried out and the client takes the answers, as if it had waited (RFC 9051,
 * 5.5): James carries them out in order, but reads and judges them all in the state before the first. What came too early is held, and not much of it: then the
 * connection is not read. One for each connection, on its thread.
 */
public final class ImapTurns extends ChannelInboundHandlerAdapter {

    /** The attribute of James's session under which the listener leaves this. */
    public static final String ATTRIBUTE = "antin.turns";

    /** Held bytes from which on nothing is read; what the read under way brings comes on top. */
    static final int ENOUGH = 65_536;

    private final ImapCommandScanner scanner = new ImapCommandScanner();
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf held;
    private int underWay;
    /** A command with a literal has passed and is not begun: James may have put it into a file first, by another thread. */
    private boolean awaited;
    private boolean awaitingTls;
    private boolean passing;

    /** To be called on the connection's thread before a command is carried out; what it returns, once all its answers are written, on any thread. */
    public static Runnable begin(ImapSession session) {
        return session.getAttribute(ATTRIBUTE) instanceof ImapTurns turns ? turns.begin() : () -> { };
    }

    Runnable begin() {
        underWay++;
        awaited = false;
        AtomicBoolean ended = new AtomicBoolean();
        return () -> {
            ChannelHandlerContext ctx = context;
            if (ctx != null && !ended.getAndSet(true)) {
                ctx.executor().execute(() -> {
                    underWay--;
                    pass(ctx);
                });
            }
        };
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        drop();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        drop();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.fireChannelWritabilityChanged();
        pass(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (awaitingTls && !isEncrypted(ctx)) {
            ctx.fireChannelRead(bytes); // never to be held, and taken for encrypted ones afterwards: ImapGuard ends it
            return;
        }
        awaitingTls = false;
        held = held == null ? bytes : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), held, bytes);
        pass(ctx);
    }

    private void pass(ChannelHandlerContext ctx) {
        if (passing) {
            return; // from within fireChannelRead: the loop below goes on
        }
        passing = true;
        try {
            for (ByteBuf waiting = held; waiting != null && underWay == 0 && !awaited && ctx.channel().isWritable(); waiting = held) {
                int length = lengthOfTurn(ctx, waiting);
                if (length == waiting.readableBytes()) {
                    held = null;
                    ctx.fireChannelRead(waiting);
                } else {
                    ctx.fireChannelRead(waiting.readRetainedSlice(length));
                }
            }
        } finally {
            passing = false;
        }
        boolean enough = held != null && held.readableBytes() >= ENOUGH;
        if (ctx.channel().config().isAutoRead() == enough) { // James turns it on again now and then
            ctx.channel().config().setAutoRead(!enough);
        }
    }

    /** Up to the end of a command or of a client's answer within one; all bytes where neither ends. */
    private int lengthOfTurn(ChannelHandlerContext ctx, ByteBuf bytes) {
        for (int i = bytes.readerIndex(); i < bytes.writerIndex(); i++) {
            i += scanner.skipLiteral(bytes.writerIndex() - i);
            if (i < bytes.writerIndex() && scanner.next(bytes.getByte(i))) {
                awaited = scanner.hadLiteral();
                awaitingTls = scanner.wasStartTls() && !isEncrypted(ctx);
                return awaitingTls ? bytes.readableBytes() : i + 1 - bytes.readerIndex(); // what follows STARTTLS is for ImapGuard to see at once
            }
        }
        return bytes.readableBytes();
    }

    private void drop() {
        ByteBuf waiting = held;
        held = null;
        ReferenceCountUtil.release(waiting);
    }

    private static boolean isEncrypted(ChannelHandlerContext ctx) {
        return ctx.pipeline().get(HandlerConstants.SSL_HANDLER) != null;
    }
}
