package antin.signing.hook;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits for no body: the status says all. A short one is read away, so that the connection may be used again; of a long or slow one the connection ends. */
final class ShortAnswer implements BodySubscriber<Boolean> {

    private static final long LONGEST = 16 * 1024;

    private final Duration patience;
    private long left = LONGEST;
    private @Nullable Subscription subscription;

    ShortAnswer(Duration patience) {
        this.patience = patience;
    }

    @Override
    public CompletionStage<Boolean> getBody() {
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public void onSubscribe(Subscription body) {
        subscription = body;
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS).execute(body::cancel);
        body.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> octets) {
        left -= octets.stream().mapToLong(ByteBuffer::remaining).sum();
        if (left < 0 && subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable why) {
        // the status was read
    }

    @Override
    public void onComplete() {
        // the connection is free again
    }
}
