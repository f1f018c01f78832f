package antin.mail.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Slow clients: silent ones, dripping ones, and those that never log in. */
class PatienceTest {

    @Test
    void aSilentConnectionEnds() {
        EmbeddedChannel channel = new EmbeddedChannel(new Patience(Duration.ofMillis(50), Duration.ofHours(1)));

        await().until(() -> tick(channel));
    }

    @Test
    void aConnectionThatDripsEndsToo() {
        EmbeddedChannel channel = new EmbeddedChannel(new Patience(Duration.ofHours(1), Duration.ofMillis(100)));

        await().until(() -> {
            channel.writeInbound(Unpooled.copiedBuffer("x", StandardCharsets.US_ASCII));
            return tick(channel);
        });
    }

    @Test
    void aClientThatDoesNotLogInIsSentAway() {
        EmbeddedChannel channel = new EmbeddedChannel(new ImapGuard(new ImapGuard.Limits(100, 100, 1), Duration.ofMillis(50), (session, connection) -> {
        }));

        await().until(() -> tick(channel));

        ByteBuf bye = channel.readOutbound();
        assertThat(bye.toString(StandardCharsets.US_ASCII)).startsWith("* BYE Too slow");
    }

    private static boolean tick(EmbeddedChannel channel) {
        channel.advanceTimeBy(10, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        return !channel.isOpen();
    }
}
