package antin.backbone.status;

import antin.ca.CertificateStatus;
import antin.ca.CertificateStatus.Revocation;
import antin.ca.RevocationReason;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Every status that is known, packed: five words for a certificate, some 60 octets with the room that a table of places needs, where objects would take 270. What does not
 * fit into five words (a serial above 20 octets, a time after 2106) is kept as an object. Safe for use by many threads; who reads waits for nobody.
 */
final class StatusMemory {

    private record Name(String issuer, BigInteger serial) {
    }

    private static final int SHARDS = 64;
    private static final int MOST_ISSUERS = 255;
    private static final int LONGEST_SERIAL = 160;
    private static final long LATEST = 0xffff_ffffL;
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private final StatusShard[] shards = Stream.generate(StatusShard::new).limit(SHARDS).toArray(StatusShard[]::new);
    private final List<String> issuers = new CopyOnWriteArrayList<>();
    private final Map<Name, CertificateStatus> others = new ConcurrentHashMap<>();

    Optional<CertificateStatus> find(String issuer, BigInteger serial) {
        int number = issuers.indexOf(issuer);
        if (number < 0 || serial.signum() < 0 || serial.bitLength() > LONGEST_SERIAL) {
            return Optional.ofNullable(others.get(new Name(issuer, serial)));
        }
        long[] key = key(number, serial);
        long[] found = new long[StatusShard.WORDS];
        return shard(key).find(key, hash(key), found) ? Optional.of(unpacked(found)) : Optional.ofNullable(others.get(new Name(issuer, serial)));
    }

    /** The later one of a certificate stays (by its change). */
    void remember(CertificateStatus status) {
        Name name = new Name(status.issuer(), status.serial());
        Optional<CertificateStatus> known = find(status.issuer(), status.serial());
        if (known.isPresent() && known.get().change() > status.change()) {
            return;
        }
        if (!fits(status)) {
            others.merge(name, status, (before, next) -> next.change() >= before.change() ? next : before);
            return;
        }
        long[] packed = packed(issuerNumber(status.issuer()), status);
        shard(packed).put(packed, hash(packed));
        others.remove(name);
    }

    int size() {
        return Stream.of(shards).mapToInt(StatusShard::size).sum() + others.size();
    }

    /** What the packed ones take in memory. */
    long octets() {
        return Stream.of(shards).mapToLong(StatusShard::octets).sum();
    }

    /** All whose last change has a higher number, in no order. */
    void forEachAfter(long change, Consumer<CertificateStatus> each) {
        for (StatusShard shard : shards) {
            List<CertificateStatus> some = new ArrayList<>();
            shard.forEach(words -> {
                if (words[StatusShard.CHANGE] > change) {
                    some.add(unpacked(words));
                }
            });
            some.forEach(each);
        }
        others.values().stream().filter(status -> status.change() > change).forEach(each);
    }

    private StatusShard shard(long[] key) {
        return shards[(int) (hash(key) >>> 58)];
    }

    static long hash(long[] key) {
        return ((key[0] * MIX ^ key[1]) * MIX ^ key[2] & StatusShard.NAMING) * MIX;
    }

    private synchronized int issuerNumber(String issuer) {
        int number = issuers.indexOf(issuer);
        if (number < 0) {
            issuers.add(issuer);
            number = issuers.size() - 1;
        }
        return number;
    }

    private boolean fits(CertificateStatus status) {
        return (issuers.contains(status.issuer()) || issuers.size() < MOST_ISSUERS) && status.serial().signum() >= 0 && status.serial().bitLength() <= LONGEST_SERIAL
            && isSecond(status.notAfter()) && status.revocation().map(Revocation::time).filter(time -> !isSecond(time)).isEmpty();
    }

    private static boolean isSecond(Instant time) {
        return time.getNano() == 0 && time.getEpochSecond() >= 0 && time.getEpochSecond() <= LATEST;
    }

    /** The serial's 160 bits in two words and a half, then the issuer's number. */
    private static long[] key(int issuer, BigInteger serial) {
        long[] words = new long[StatusShard.WORDS];
        words[0] = serial.longValue();
        words[1] = serial.shiftRight(64).longValue();
        words[2] = serial.shiftRight(128).longValue() << 32 | (long) issuer << 16 | StatusShard.TAKEN;
        return words;
    }

    private static long[] packed(int issuer, CertificateStatus status) {
        long[] words = key(issuer, status.serial());
        Optional<Revocation> revocation = status.revocation();
        words[2] |= revocation.map(one -> (long) one.reason().code() + 1).orElse(0L) << 8;
        words[StatusShard.CHANGE] = status.change();
        words[StatusShard.TIMES] = status.notAfter().getEpochSecond() << 32 | revocation.map(one -> one.time().getEpochSecond()).orElse(0L);
        return words;
    }

    private CertificateStatus unpacked(long[] words) {
        BigInteger serial = unsigned(words[2] >>> 32).shiftLeft(128).or(unsigned(words[1]).shiftLeft(64)).or(unsigned(words[0]));
        int reason = (int) (words[2] >>> 8 & 0xff);
        Optional<Revocation> revocation = reason == 0 ? Optional.empty()
            : Optional.of(new Revocation(Instant.ofEpochSecond(words[StatusShard.TIMES] & LATEST), RevocationReason.of(reason - 1)));
        return new CertificateStatus(words[StatusShard.CHANGE], issuers.get((int) (words[2] >>> 16 & 0xff)), serial,
            Instant.ofEpochSecond(words[StatusShard.TIMES] >>> 32), revocation);
    }

    private static BigInteger unsigned(long word) {
        return new BigInteger(1, new byte[] {(byte) (word >>> 56), (byte) (word >>> 48), (byte) (word >>> 40), (byte) (word >>> 32), (byte) (word >>> 24),
            (byte) (word >>> 16), (byte) (word >>> 8), (byte) word});
    }
}
