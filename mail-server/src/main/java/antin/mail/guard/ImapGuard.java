package antin.mail.guard;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imapserver.netty.NettyConstants;
import org.apache.james.protocols.netty.HandlerConstants;
import org.jspecify.annotations.Nullable;

/**
 * Reads along what an IMAP client sends, in front of James, and ends the connection where it asks for more than its state
 * deserves: literals (CVE-2024-37358), lines, literals in a command, commands before login, time to log in. Bytes in the
 * clear after STARTTLS end it too. One for each connection, on that connection's thread.
 */
public final class ImapGuard extends ChannelInboundHandlerAdapter {

    /** What a client may ask for. */
    public record Limits(int line, int literal, int literals) {
    }

    /** Names and passwords are short; a client that is not logged in has nothing else to say, but for a token within AUTHENTICATE. */
    public static final Limits BEFORE_LOGIN = new Limits(4_096, 1_024, 2);
    public static final Limits AUTHENTICATING = new Limits(12_800, 0, 0);
    public static final int COMMANDS_BEFORE_LOGIN = 40;

    private final Limits afterLogin;
    private final Duration timeToLogIn;
    private final BiConsumer<ImapSession, Channel> begun;
    private final ImapCommandScanner scanner = new ImapCommandScanner();
    private int commands;
    private boolean awaitingTls;
    private boolean refused;
    private @Nullable Future<?> deadline;

    /** @param begun is told of the session as soon as James has made it */
    public ImapGuard(Limits afterLogin, Duration timeToLogIn, BiConsumer<ImapSession, Channel> begun) {
        this.afterLogin = afterLogin;
        this.timeToLogIn = timeToLogIn;
        this.begun = begun;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        deadline = ctx.executor().schedule(() -> {
            if (!loggedIn(ctx)) {
                refuse(ctx, "Too slow to log in");
            }
        }, timeToLogIn.toMillis(), TimeUnit.MILLISECONDS);
        ctx.fireChannelActive(); // James makes the session here
        ImapSession session = session(ctx);
        if (session != null) {
            begun.accept(session, ctx.channel());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (refused || !(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            return;
        }
        List<Integer> asked = new ArrayList<>();
        String reason = look(ctx, bytes, asked);
        if (reason == null) {
            ctx.fireChannelRead(asked.isEmpty() ? bytes : continued(ctx, bytes, asked));
        } else {
            bytes.release();
            refuse(ctx, reason);
        }
    }

    /**
     * Asks for the literals that the client holds back, and tells James that it does not: James forgets to ask for the
     * second one of a command, so that a LOGIN with two would hang.
     */
    private static ByteBuf continued(ChannelHandlerContext ctx, ByteBuf bytes, List<Integer> asked) {
        ByteBuf rewritten = ctx.alloc().buffer(bytes.readableBytes() + asked.size());
        for (int brace : asked) {
            rewritten.writeBytes(bytes, brace - bytes.readerIndex()).writeByte('+');
            ctx.write(Unpooled.wrappedBuffer("+ Go on\r\n".getBytes(StandardCharsets.US_ASCII)));
        }
        ctx.flush();
        rewritten.writeBytes(bytes);
        bytes.release();
        return rewritten;
    }

    /** Why these bytes may not pass; null where they may. Literals to ask for are added to {@code asked}, by their closing brace. */
    private @Nullable String look(ChannelHandlerContext ctx, ByteBuf bytes, List<Integer> asked) {
        boolean encrypted = ctx.pipeline().get(HandlerConstants.SSL_HANDLER) != null;
        if (awaitingTls) {
            if (!encrypted) {
                return "Nothing may follow STARTTLS before TLS";
            }
            awaitingTls = false;
        }
        boolean loggedIn = loggedIn(ctx);
        for (int i = bytes.readerIndex(); i < bytes.writerIndex(); i++) {
            i += scanner.skipLiteral(bytes.writerIndex() - i);
            if (i >= bytes.writerIndex()) {
                break;
            }
            boolean ended = scanner.next(bytes.getByte(i));
            if (scanner.exceeds(loggedIn ? afterLogin : scanner.isAuthenticating() ? AUTHENTICATING : BEFORE_LOGIN)) {
                return loggedIn ? "The command is too long" : "The command is too long before login";
            }
            if (scanner.awaitsContinuation()) {
                int brace = bytes.indexOf(i, Math.max(bytes.readerIndex(), i - 4), (byte) '}');
                if (brace >= 0) {
                    asked.add(brace);
                }
            }
            if (ended && !loggedIn && ++commands > COMMANDS_BEFORE_LOGIN) {
                return "Too many commands before login";
            }
            if (ended && !encrypted && scanner.wasStartTls()) {
                awaitingTls = true;
                if (i + 1 < bytes.writerIndex()) {
                    return "Nothing may follow STARTTLS before TLS";
                }
            }
        }
        return null;
    }

    private static boolean loggedIn(ChannelHandlerContext ctx) {
        ImapSession session = session(ctx);
        return session != null && (session.getState() == ImapSessionState.AUTHENTICATED || session.getState() == ImapSessionState.SELECTED);
    }

    private static @Nullable ImapSession session(ChannelHandlerContext ctx) {
        return ctx.channel().attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).get();
    }

    private void refuse(ChannelHandlerContext ctx, String reason) {
        refused = true;
        ctx.writeAndFlush(Unpooled.wrappedBuffer(("* BYE " + reason + ".\r\n").getBytes(StandardCharsets.US_ASCII)))
            .addListener(ChannelFutureListener.CLOSE);
    }
}
