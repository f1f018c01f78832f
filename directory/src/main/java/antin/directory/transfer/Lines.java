package antin.directory.transfer;

import antin.directory.Refusal.Reason;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file in UTF-8, with or without a byte order mark, each with the bytes it came from, so that a line can be set aside as it was even
 * where it cannot be read. A line of any length takes no more memory than {@link #LONGEST}.
 */
final class Lines implements Closeable {

    static final int LONGEST = 64 * 1024;

    /**
     * @param from    where its first byte is in the file
     * @param to      behind its end of line
     * @param text    without the end of line; empty where it cannot be read
     * @param problem why it cannot be read
     */
    record Line(int number, long from, long to, String text, @Nullable Reason problem) {
    }

    private final InputStream in;
    private final Deque<Line> again = new ArrayDeque<>();
    private long position;
    private int number;

    Lines(Path file) throws IOException {
        in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        in.mark(3);
        if (in.read() == 0xef && in.read() == 0xbb && in.read() == 0xbf) {
            position = 3;
        } else {
            in.reset();
        }
    }

    /** Null at the end. */
    @Nullable Line next() throws IOException {
        Line line = again.poll();
        return line != null ? line : read();
    }

    /** These come next, once more. */
    void pushBack(List<Line> lines) {
        lines.reversed().forEach(again::push);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private @Nullable Line read() throws IOException {
        long from = position;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        boolean tooLong = false;
        int next;
        while ((next = in.read()) >= 0) {
            position++;
            if (next == '\n') {
                break;
            }
            if (bytes.size() < LONGEST) {
                bytes.write(next);
            } else {
                tooLong = true;
            }
        }
        if (position == from) {
            return null;
        }
        number++;
        if (tooLong) {
            return new Line(number, from, position, "", Reason.TOO_LONG);
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
            return new Line(number, from, position, next == '\n' && text.endsWith("\r") ? text.substring(0, text.length() - 1) : text, null);
        } catch (CharacterCodingException e) {
            return new Line(number, from, position, "", Reason.MALFORMED);
        }
    }
}
