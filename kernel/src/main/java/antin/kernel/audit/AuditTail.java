package antin.kernel.audit;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds where a log left off, reading only its end. */
final class AuditTail {

    private static final int WINDOW = 1 << 20;
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) \\{\"seq\":(\\d{1,18}),.*}", Pattern.DOTALL);

    private AuditTail() {
    }

    /** Removes a torn last line, and leaves the channel at the end. */
    static AuditHead recover(FileChannel channel, Path file) throws IOException {
        long size = channel.size();
        long start = Math.max(0, size - WINDOW);
        byte[] bytes = read(channel, start);
        int end = lastLineEnd(bytes, bytes.length);
        if (start + end < size) {
            channel.truncate(start + end);
            channel.force(true);
        }
        channel.position(start + end);
        if (end == 0) {
            if (start > 0) {
                throw broken(file);
            }
            return new AuditHead(0, AuditChain.ORIGIN);
        }
        int begin = lastLineEnd(bytes, end - 1);
        Matcher line = LINE.matcher(new String(bytes, begin, end - 1 - begin, StandardCharsets.UTF_8));
        if (!line.matches()) {
            throw broken(file);
        }
        return new AuditHead(Long.parseLong(line.group(2)), line.group(1));
    }

    /** How many bytes of {@code channel} are whole lines; the last one is shorter than the window. */
    static long wholeLines(FileChannel channel) throws IOException {
        long start = Math.max(0, channel.size() - WINDOW);
        byte[] bytes = read(channel, start);
        return start + lastLineEnd(bytes, bytes.length);
    }

    private static byte[] read(FileChannel channel, long start) throws IOException {
        ByteBuffer window = ByteBuffer.allocate((int) (channel.size() - start));
        while (window.hasRemaining() && channel.read(window, start + window.position()) >= 0) {
            // read on
        }
        return window.array();
    }

    private static Problem broken(Path file) {
        return new Problem(Kind.MISCONFIGURED, "The last line of the audit log " + file
            + " is damaged. Run ./antin audit verify, keep the file as evidence, and move it away to begin a new one.");
    }

    /** The index after the last line end before {@code limit}; 0 where there is none. */
    private static int lastLineEnd(byte[] bytes, int limit) {
        int i = limit;
        while (i > 0 && bytes[i - 1] != '\n') {
            i--;
        }
        return i;
    }
}
