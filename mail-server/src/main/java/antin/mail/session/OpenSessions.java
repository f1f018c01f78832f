package antin.mail.session;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections on which somebody is logged in, of all protocols. Safe for many threads. */
public final class OpenSessions {

    /**
     * One of them.
     *
     * @param protocol such as {@code imap}
     * @param from     the client's address
     */
    public record OpenSession(String protocol, Access access, String from) {
    }

    /** Where the listeners of line protocols leave a session's connection. */
    public static final AttachmentKey<Channel> CONNECTION = AttachmentKey.of("antin.connection", Channel.class);

    private static final Logger LOG = LoggerFactory.getLogger(OpenSessions.class);
    /** What each protocol has to say to a client whose session ends; POP3 has nothing (RFC 1939). */
    private static final Map<String, String> FAREWELLS = Map.of("imap", "* BYE This login was ended.\r\n", "smtp", "421 4.7.0 This login was ended\r\n",
        "sieve", "BYE \"This login was ended.\"\r\n", "pop", "");

    private record Entry(OpenSession session, Channel channel) {
    }

    private final Map<ChannelId, Entry> open = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final EndedRecently ended;
    private final Clock clock;

    public OpenSessions(EndedRecently ended, Clock clock, MeterRegistry meters) {
        this.ended = ended;
        this.clock = clock;
        FAREWELLS.keySet().forEach(protocol -> Gauge.builder("antin.mail.sessions", counts.computeIfAbsent(protocol, unused -> new AtomicInteger()), AtomicInteger::get)
            .description("Connections on which somebody is logged in").tag("protocol", protocol).register(meters));
    }

    /** Counts the session in until its connection closes. One whose login was ended meanwhile is closed at once. */
    public void begin(String protocol, Access access, String from, Channel channel) {
        Entry entry = new Entry(new OpenSession(protocol, access, from), channel);
        open.put(channel.id(), entry);
        count(protocol, 1);
        channel.closeFuture().addListener(closed -> {
            if (open.remove(channel.id(), entry)) {
                count(protocol, -1);
            }
        });
        if (ended.contains(access)) {
            close(entry);
        }
    }

    /** Ends a login, and all of the person's where {@code credential} is empty. */
    public void end(String person, Optional<String> credential) {
        ended.add(person, credential, clock.instant());
        endThose(session -> session.access().person().equals(person) && (credential.isEmpty() || credential.equals(session.access().credential())));
    }

    public void endThose(Predicate<OpenSession> which) {
        open.values().stream().filter(entry -> which.test(entry.session())).forEach(this::close);
    }

    public List<OpenSession> all() {
        return open.values().stream().map(Entry::session).toList();
    }

    private void close(Entry entry) {
        LOG.info("A session over {} of {} from {} ends: the login is over", entry.session().protocol(), entry.session().access().person(), entry.session().from());
        String farewell = FAREWELLS.getOrDefault(entry.session().protocol(), "");
        entry.channel().writeAndFlush(Unpooled.copiedBuffer(farewell, StandardCharsets.US_ASCII)).addListener(ChannelFutureListener.CLOSE);
        // A client that reads nothing keeps the farewell from being written; it is not waited for.
        entry.channel().eventLoop().schedule(() -> entry.channel().close(), 2, TimeUnit.SECONDS);
    }

    private void count(String protocol, int change) {
        counts.computeIfAbsent(protocol, unused -> new AtomicInteger()).addAndGet(change);
    }
}
