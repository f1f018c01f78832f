package antin.bridge.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FramesTest {

    @Test
    void readsMessagesUntilThePipeEnds() throws IOException {
        Frames frames = frames(join(frame(3, new byte[] {1, 2, 3}), frame(0, new byte[0])));
        assertThat(frames.read()).hasValueSatisfying(message -> assertThat(message).containsExactly(1, 2, 3));
        assertThat(frames.read()).hasValueSatisfying(message -> assertThat(message).isEmpty());
        assertThat(frames.read()).isEmpty();
    }

    @Test
    void takesEightKilobytesAndRefusesOneOctetMore() throws IOException {
        assertThat(frames(frame(8192, new byte[8192])).read()).hasValueSatisfying(message -> assertThat(message).hasSize(8192));
        assertThatThrownBy(() -> frames(frame(8193, new byte[8193])).read()).isInstanceOf(Refused.class).hasMessage("message-too-large");
        assertThatThrownBy(() -> frames(frame(-1, new byte[0])).read()).isInstanceOf(Refused.class).hasMessage("message-too-large");
    }

    @Test
    void noticesAPipeThatEndsWithinAMessage() {
        assertThatThrownBy(() -> frames(frame(4, new byte[] {1})).read()).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> frames(new byte[] {1, 0}).read()).isInstanceOf(EOFException.class);
    }

    @Test
    void writesTheLengthInTheMachinesOrder() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Frames(new ByteArrayInputStream(new byte[0]), out).write(new byte[] {7, 8});
        assertThat(out.toByteArray()).isEqualTo(frame(2, new byte[] {7, 8}));
    }

    private static Frames frames(byte[] stream) {
        return new Frames(new ByteArrayInputStream(stream), new ByteArrayOutputStream());
    }

    private static byte[] frame(int length, byte[] message) {
        return ByteBuffer.allocate(4 + message.length).order(ByteOrder.nativeOrder()).putInt(length).put(message).array();
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
