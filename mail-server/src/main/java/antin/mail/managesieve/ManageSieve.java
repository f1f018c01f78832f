package antin.mail.managesieve;

import antin.mail.guard.ConnectionLimits;
import antin.mail.guard.Networks;
import antin.mail.guard.Patience;
import antin.mail.guard.ProxyHeader;
import antin.mail.login.MailLogins;
import antin.mail.session.OpenSessions;
import antin.mail.sieve.SieveLanguage;
import antin.mail.sieve.SieveScripts;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.netty.HandlerConstants;
import org.jspecify.annotations.Nullable;

/** The listener for ManageSieve, with STARTTLS as its RFC has it. Ours and not James's, which fills memory with literals before login. */
public final class ManageSieve implements AutoCloseable {

    private static final Duration SILENCE = Duration.ofMinutes(30); // RFC 5804, 1.2
    private static final Duration LONGEST_LIFE = Duration.ofHours(12);
    private static final int THREADS = 8;

    private final MailLogins logins;
    private final OpenSessions sessions;
    private final ScriptCommands scripts;
    private final NioEventLoopGroup io = new NioEventLoopGroup(2);
    private final DefaultEventExecutorGroup workers = new DefaultEventExecutorGroup(THREADS);
    private @Nullable Channel server;

    @Inject
    ManageSieve(MailLogins logins, OpenSessions sessions, SieveScripts scripts, SieveLanguage language) {
        this.logins = logins;
        this.sessions = sessions;
        this.scripts = new ScriptCommands(scripts, language);
    }

    public void start(InetSocketAddress address, Encryption encryption, ConnectionLimits limits, Networks proxies) throws Exception {
        server = new ServerBootstrap().group(io).channel(NioServerSocketChannel.class).childHandler(new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                ChannelPipeline pipeline = channel.pipeline();
                CommandDecoder decoder = new CommandDecoder();
                pipeline.addLast(HandlerConstants.CONNECTION_LIMIT_HANDLER, limits);
                pipeline.addLast(HandlerConstants.TIMEOUT_HANDLER, new Patience(SILENCE, LONGEST_LIFE));
                pipeline.addLast(HandlerConstants.FRAMER, decoder);
                pipeline.addLast(workers, HandlerConstants.CORE_HANDLER, new SieveConversation(logins, sessions, scripts,
                    () -> pipeline.addFirst(HandlerConstants.SSL_HANDLER, encryption.sslHandler()), decoder));
                ProxyHeader.addTo(pipeline, proxies);
            }
        }).bind(address).sync().channel();
    }

    public boolean isOpen() {
        Channel bound = server;
        return bound != null && bound.isActive();
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        io.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        workers.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
