package antin.backbone.status;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * How many requests an address may send: {@code perSecond} over time, and ten seconds' worth at once. In a table of fixed size, so that nobody's addresses fill
 * the memory; addresses that share a place share its limit. This machine's own processes have none. Safe for use by many threads.
 */
final class RateLimit {

    private static final int PLACES = 16_384;
    private static final int BURST_SECONDS = 10;
    /** RFC 6177: what a subscriber has, so that none gets around it by its many addresses. */
    private static final int IPV6_NETWORK = 8;
    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    private final double perSecond;
    private final LongSupplier nanos;
    private final double[] left = new double[PLACES];
    private final long[] seen = new long[PLACES];
    private final int key = System.identityHashCode(this); // strangers cannot choose whom they share a place with

    /** Zero is no limit. */
    RateLimit(int perSecond) {
        this(perSecond, System::nanoTime);
    }

    RateLimit(int perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
        Arrays.fill(left, perSecond * (double) BURST_SECONDS);
        Arrays.fill(seen, nanos.getAsLong());
    }

    /** Counts one request; returns whether it may be answered. */
    boolean allows(InetAddress from) {
        if (perSecond <= 0 || from.isLoopbackAddress()) {
            return true;
        }
        int place = place(from);
        long now = nanos.getAsLong();
        synchronized (this) {
            double tokens = Math.min(perSecond * BURST_SECONDS, left[place] + (now - seen[place]) / NANOS * perSecond);
            seen[place] = now;
            left[place] = tokens >= 1 ? tokens - 1 : tokens;
            return tokens >= 1;
        }
    }

    private int place(InetAddress from) {
        byte[] octets = from instanceof Inet6Address ? Arrays.copyOf(from.getAddress(), IPV6_NETWORK) : from.getAddress();
        int hash = (Arrays.hashCode(octets) ^ key) * 0x9E3779B9;
        return hash >>> 18; // 14 bits
    }
}
