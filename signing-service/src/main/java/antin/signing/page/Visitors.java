package antin.signing.page;

import antin.kernel.net.Network;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Whoever comes without an account, by address: few at once, few a minute, and not many of them together, since an upload holds a thread for as long as its sender likes. Safe for use by many threads. */
final class Visitors {

    static final int AT_ONCE = 2;
    static final int A_MINUTE = 20;
    private static final int TOGETHER = 8;
    private static final int REMEMBERED = 10_000;
    private static final int NETWORK_BITS = 64;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long SOON_SECONDS = 5;

    /** Not now. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1;
        private final long seconds;
        private final boolean ofAll;

        Refused(long seconds, boolean ofAll) {
            super("Too many visits.");
            this.seconds = seconds;
            this.ofAll = ofAll;
        }

        /** RFC 9110, 10.2.3. */
        long seconds() {
            return seconds;
        }

        /** Whether it is others that are too many. */
        boolean ofAll() {
            return ofAll;
        }
    }

    /** Ends by being closed. */
    interface Visit extends AutoCloseable {

        @Override
        void close();
    }

    private static final class Visitor {
        private int here;
        private final Deque<Long> times = new ArrayDeque<>();
    }

    private final LongSupplier nanos;
    private final Map<String, Visitor> visitors = new HashMap<>();
    private int together;

    Visitors(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @throws Refused where one must wait; that one is not counted */
    synchronized Visit enter(String address) {
        long now = nanos.getAsLong();
        String network = network(address);
        if (visitors.size() >= REMEMBERED) {
            visitors.values().removeIf(visitor -> forget(visitor, now) && visitor.here == 0);
        }
        if (together >= TOGETHER || visitors.size() >= REMEMBERED && !visitors.containsKey(network)) {
            throw new Refused(SOON_SECONDS, true);
        }
        Visitor visitor = visitors.computeIfAbsent(network, any -> new Visitor());
        if (!forget(visitor, now) && visitor.times.size() >= A_MINUTE) {
            throw new Refused(Math.max(1, Duration.ofNanos(visitor.times.getFirst() + MINUTE - now).plusMillis(999).toSeconds()), false);
        }
        if (visitor.here >= AT_ONCE) {
            throw new Refused(SOON_SECONDS, false);
        }
        visitor.here++;
        visitor.times.addLast(now);
        together++;
        return () -> leave(visitor);
    }

    private synchronized void leave(Visitor visitor) {
        visitor.here--;
        together--;
    }

    /** Whether nothing of the last minute is left. */
    private static boolean forget(Visitor visitor, long now) {
        while (!visitor.times.isEmpty() && now - visitor.times.getFirst() >= MINUTE) {
            visitor.times.removeFirst();
        }
        return visitor.times.isEmpty();
    }

    /** An IPv6 visitor owns the whole /64 (RFC 6177). */
    private static String network(String address) {
        return Network.address(address).map(Visitors::counted).orElse("unknown");
    }

    private static String counted(InetAddress address) {
        return address instanceof Inet6Address ? Network.around(address, NETWORK_BITS).toString() : address.getHostAddress();
    }
}
