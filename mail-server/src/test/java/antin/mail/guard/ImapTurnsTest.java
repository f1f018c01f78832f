package antin.mail.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImapTurnsTest {

    private final ImapTurns turns = new ImapTurns();
    private final List<String> begun = new ArrayList<>();
    private final Deque<Runnable> ends = new ArrayDeque<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(turns, new LineBasedFrameDecoder(100_000), new ChannelInboundHandlerAdapter() {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf line = (ByteBuf) message;
            begun.add(line.toString(StandardCharsets.US_ASCII));
            line.release();
            if (!begun.getLast().equals("DONE")) {
                ends.add(turns.begin());
            }
        }
    });

    @Test
    void aCommandPassesWhenTheOneBeforeItHasEnded() {
        receive("a NOOP\r\nb NOOP\r\nc NO");
        assertThat(begun).containsExactly("a NOOP");
        receive("OP\r\nd NOOP\r\n");
        assertThat(begun).containsExactly("a NOOP");

        end();
        assertThat(begun).containsExactly("a NOOP", "b NOOP");
        end();
        end();
        assertThat(begun).containsExactly("a NOOP", "b NOOP", "c NOOP", "d NOOP");
    }

    @Test
    void anEndThatIsToldTwiceCountsOnce() {
        receive("a NOOP\r\nb NOOP\r\nc NOOP\r\n");
        Runnable end = ends.remove();
        end.run();
        end.run();
        channel.runPendingTasks();
        assertThat(begun).containsExactly("a NOOP", "b NOOP");
    }

    @Test
    void aLineThatIsNoCommandHoldsNothingUp() {
        receive("a IDLE\r\nDONE\r\nb NOOP\r\n");
        end();
        assertThat(begun).containsExactly("a IDLE", "DONE", "b NOOP");
    }

    @Test
    void aClientThatDoesNotWaitIsNotReadOnWithoutEnd() {
        receive("a LOGIN x y\r\n");
        for (int i = 0; channel.config().isAutoRead() && i < 100; i++) {
            receive("b NOOP\r\n".repeat(1_000));
        }
        assertThat(channel.config().isAutoRead()).isFalse();
        channel.config().setAutoRead(true); // as James does, now and then
        receive("b NOOP\r\n");
        assertThat(channel.config().isAutoRead()).isFalse();

        while (!ends.isEmpty()) {
            end();
        }
        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(begun).hasSize(9_002);
    }

    @Test
    void nothingPassesWhileTheClientTakesNoAnswers() {
        receive("a NOOP\r\nb NOOP\r\n");
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        end();
        assertThat(begun).containsExactly("a NOOP");

        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        channel.runPendingTasks();
        assertThat(begun).containsExactly("a NOOP", "b NOOP");
    }

    @Test
    void whatIsHeldIsGivenBackWhenTheConnectionEnds() {
        ByteBuf bytes = Unpooled.copiedBuffer("a NOOP\r\nb NOOP\r\n", StandardCharsets.US_ASCII);
        channel.writeInbound(bytes);
        assertThat(bytes.refCnt()).isPositive();
        channel.close();
        assertThat(bytes.refCnt()).isZero();
    }

    private void receive(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private void end() {
        ends.remove().run();
        channel.runPendingTasks();
    }
}
