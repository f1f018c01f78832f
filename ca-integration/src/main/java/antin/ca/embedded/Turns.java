package antin.ca.embedded;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One change of a certificate's status after the other. A change whose answer from the ledger was lost is repeated until it stands: without this, a hold could be repeated after
 * its release. Safe for use by many threads.
 */
final class Turns {

    private final Map<BigInteger, CompletableFuture<Boolean>> underWay = new ConcurrentHashMap<>();

    /** Waits for the change before; to be given back by {@link #end}, on any thread. */
    void begin(BigInteger serial, long patienceSeconds) {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        try {
            for (@Nullable CompletableFuture<Boolean> other = underWay.putIfAbsent(serial, mine); other != null; other = underWay.putIfAbsent(serial, mine)) {
                var unused = other.get(patienceSeconds, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(Kind.PEER_UNAVAILABLE, "The process ends.", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "An earlier change of the certificate still waits for the ledger.", e);
        }
    }

    void end(BigInteger serial) {
        @Nullable CompletableFuture<Boolean> mine = underWay.remove(serial);
        if (mine != null) {
            mine.complete(true);
        }
    }
}
