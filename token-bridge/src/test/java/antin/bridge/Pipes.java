package antin.bridge;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The browser's side of native messaging, written apart from ours. */
final class Pipes {

    private Pipes() {
    }

    static byte[] frame(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + bytes.length).order(ByteOrder.nativeOrder()).putInt(bytes.length).put(bytes).array();
    }

    static ByteArrayInputStream frames(String... messages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String message : messages) {
            all.writeBytes(frame(message));
        }
        return new ByteArrayInputStream(all.toByteArray());
    }

    static List<String> messages(byte[] stream) {
        List<String> messages = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(stream).order(ByteOrder.nativeOrder());
        while (buffer.hasRemaining()) {
            byte[] message = new byte[buffer.getInt()];
            buffer.get(message);
            messages.add(new String(message, StandardCharsets.UTF_8));
        }
        return messages;
    }
}
