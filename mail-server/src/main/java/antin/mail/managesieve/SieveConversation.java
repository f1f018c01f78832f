package antin.mail.managesieve;

import antin.kernel.Problem;
import antin.mail.guard.ClientAddress;
import antin.mail.login.Attempts;
import antin.mail.login.Credentials;
import antin.mail.login.MailLogins;
import antin.mail.login.Mechanism;
import antin.mail.login.Protocol;
import antin.mail.login.SaslExchange;
import antin.mail.login.SaslExchange.Ask;
import antin.mail.login.SaslExchange.Cancelled;
import antin.mail.login.SaslExchange.Check;
import antin.mail.login.SaslExchange.Malformed;
import antin.mail.login.SaslExchange.Refuse;
import antin.mail.login.SaslExchange.Step;
import antin.mail.session.Access;
import antin.mail.session.OpenSessions;
import antin.mail.sieve.SieveLanguage;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client: greeting, TLS, login (RFC 5804, 2.1 to 2.3), then {@link ScriptCommands}. Its commands come one after another, on threads that may wait. */
final class SieveConversation extends SimpleChannelInboundHandler<Command> {

    private static final Logger LOG = LoggerFactory.getLogger(SieveConversation.class);
    private static final Duration TIME_TO_LOG_IN = Duration.ofMinutes(1);

    private final MailLogins logins;
    private final OpenSessions sessions;
    private final ScriptCommands scripts;
    private final @Nullable Runnable startTls;
    private final CommandDecoder decoder;
    private @Nullable SaslExchange sasl;
    private @Nullable Future<?> deadline;
    private volatile @Nullable String mailbox;
    private int wrong;

    /** @param startTls begins TLS after what was written before; null where it began with the connection */
    SieveConversation(MailLogins logins, OpenSessions sessions, ScriptCommands scripts, @Nullable Runnable startTls, CommandDecoder decoder) {
        this.logins = logins;
        this.sessions = sessions;
        this.scripts = scripts;
        this.startTls = startTls;
        this.decoder = decoder;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        deadline = ctx.executor().schedule(() -> {
            if (mailbox == null) {
                end(ctx, "BYE \"Too slow to log in\"");
            }
        }, TIME_TO_LOG_IN.toMillis(), TimeUnit.MILLISECONDS);
        say(ctx, capabilities(ctx) + "OK \"Ready\"");
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Command command) {
        if (sasl != null) {
            take(ctx, sasl, command.words().size() == 1 ? sasl.next(command.words().getFirst()) : new Malformed());
            return;
        }
        switch (command.name()) {
            case "LOGOUT" -> end(ctx, "OK \"Goodbye\"");
            case "NOOP" -> say(ctx, command.arguments() == 0 ? "OK \"Done\"" : "OK (TAG " + ScriptCommands.string(command.argument(1)) + ") \"Done\"");
            case "CAPABILITY" -> say(ctx, capabilities(ctx) + "OK \"These\"");
            case "STARTTLS" -> startTls(ctx);
            case "AUTHENTICATE" -> authenticate(ctx, command);
            default -> {
                String opened = mailbox;
                say(ctx, opened == null ? "NO \"Log in first\"" : scripts.answer(opened, command));
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.info("A ManageSieve connection from {} ended: {}", ClientAddress.text(ctx.channel()), cause.toString());
        ctx.close();
    }

    private void startTls(ChannelHandlerContext ctx) {
        if (startTls == null || isEncrypted(ctx)) {
            say(ctx, "NO \"TLS is there already\"");
            return;
        }
        Runnable begin = startTls;
        ctx.channel().eventLoop().execute(() -> {
            say(ctx, "OK \"Begin TLS now\""); // in one step with what follows: the client's first bytes of TLS must not come between
            begin.run();
            // RFC 5804, 2.2: the capabilities are told anew, under TLS
            ctx.pipeline().get(SslHandler.class).handshakeFuture().addListener(done -> {
                if (done.isSuccess()) {
                    say(ctx, capabilities(ctx) + "OK \"TLS negotiated\"");
                }
            });
        });
    }

    private void authenticate(ChannelHandlerContext ctx, Command command) {
        Optional<Mechanism> mechanism = command.arguments() == 0 ? Optional.empty()
            : logins.mechanisms(Protocol.SIEVE).stream().filter(one -> one.name().equalsIgnoreCase(command.argument(1))).findFirst();
        if (mailbox != null) {
            say(ctx, "NO \"Already authenticated\"");
        } else if (!isEncrypted(ctx)) {
            say(ctx, "NO (ENCRYPT-NEEDED) \"Use STARTTLS first\"");
        } else if (mechanism.isEmpty()) {
            say(ctx, "NO \"Unknown mechanism\"");
        } else {
            SaslExchange begun = new SaslExchange(mechanism.get(), Protocol.SIEVE);
            take(ctx, begun, begun.begin(command.arguments() > 1 ? Optional.of(command.argument(2)) : Optional.empty()));
        }
    }

    private void take(ChannelHandlerContext ctx, SaslExchange exchange, Step step) {
        sasl = exchange;
        switch (step) {
            case Ask ask -> say(ctx, ScriptCommands.string(ask.challenge()));
            case Check check -> check(ctx, exchange, check.credentials());
            case Refuse refuse -> refuse(ctx);
            case Malformed malformed -> refuse(ctx);
            case Cancelled cancelled -> {
                sasl = null;
                say(ctx, "NO \"Authentication cancelled\"");
            }
        }
    }

    private void check(ChannelHandlerContext ctx, SaslExchange exchange, Credentials credentials) {
        try {
            Access access = logins.open(Protocol.SIEVE, credentials, ClientAddress.text(ctx.channel()));
            sasl = null;
            mailbox = access.mailbox();
            decoder.loggedIn();
            say(ctx, "OK \"Welcome\"");
            sessions.begin(Protocol.SIEVE.scope(), access, ClientAddress.text(ctx.channel()), ctx.channel());
        } catch (Problem e) {
            switch (e.kind()) {
                case BAD_CREDENTIALS, LOCKED_OUT -> take(ctx, exchange, exchange.refused());
                default -> {
                    sasl = null;
                    say(ctx, "NO (TRYLATER) \"The login does not answer, try again later\"");
                }
            }
        }
    }

    private void refuse(ChannelHandlerContext ctx) {
        sasl = null;
        wrong++;
        if (wrong < Attempts.WRONG_PER_CONNECTION) {
            say(ctx, "NO \"Wrong name or password\"");
        } else {
            end(ctx, "NO \"Wrong name or password\"\r\nBYE \"Too many wrong logins\"");
        }
    }

    private String capabilities(ChannelHandlerContext ctx) {
        boolean encrypted = isEncrypted(ctx);
        String mechanisms = encrypted && mailbox == null ? logins.mechanisms(Protocol.SIEVE).stream().map(Mechanism::name).collect(Collectors.joining(" ")) : "";
        return "\"IMPLEMENTATION\" \"Antin\"\r\n\"VERSION\" \"1.0\"\r\n\"SASL\" \"" + mechanisms + "\"\r\n\"SIEVE\" \"" + SieveLanguage.EXTENSIONS + "\"\r\n"
            + (startTls != null && !encrypted ? "\"STARTTLS\"\r\n" : "");
    }

    private static boolean isEncrypted(ChannelHandlerContext ctx) {
        return ctx.pipeline().get(SslHandler.class) != null;
    }

    private static void say(ChannelHandlerContext ctx, String answer) {
        ctx.channel().writeAndFlush(Unpooled.copiedBuffer(answer + "\r\n", StandardCharsets.UTF_8));
    }

    private static void end(ChannelHandlerContext ctx, String answer) {
        ctx.channel().writeAndFlush(Unpooled.copiedBuffer(answer + "\r\n", StandardCharsets.UTF_8)).addListener(ChannelFutureListener.CLOSE);
    }
}
