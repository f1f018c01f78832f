package antin.directory.transfer;

import antin.directory.Refusal.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What became of each record so far, a line each: it outlives the process. A line is whole or it is not there: what a full disk or a crash left of one is cut
 * off. Safe for use by many threads.
 */
final class Journal implements Closeable {

    private static final int MOST = 256 * 1024 * 1024;

    private final FileChannel channel;
    private long whole;

    private Journal(FileChannel channel, long whole) {
        this.channel = channel;
        this.whole = whole;
    }

    /** Opens or begins it, and tells the tally what it holds. */
    static Journal open(Path file, Tally tally) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MOST, channel.size()));
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // on to the end
        }
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        int end = text.lastIndexOf('\n') + 1;
        text.substring(0, end).lines().forEach(line -> take(line, tally));
        long whole = text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
        channel.truncate(whole);
        return new Journal(channel, whole);
    }

    synchronized void put(int line, Outcome outcome) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text(line, outcome).getBytes(StandardCharsets.UTF_8));
        int length = bytes.remaining();
        try {
            for (long at = whole; bytes.hasRemaining(); at = whole + bytes.position()) {
                channel.write(bytes, at);
            }
        } catch (IOException e) {
            channel.truncate(whole);
            throw e;
        }
        whole += length;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static String text(int line, Outcome outcome) {
        StringBuilder text = new StringBuilder().append(line).append(' ').append(outcome.kind());
        outcome.problems().forEach(problem -> text.append(' ').append(problem.line()).append(' ').append(problem.column()).append(' ').append(coded(problem.field())).append(' ')
            .append(coded(problem.value())).append(' ').append(problem.reason()));
        return text.append('\n').toString();
    }

    private static void take(String text, Tally tally) {
        String[] words = text.split(" ");
        List<LineProblem> problems = new ArrayList<>();
        for (int i = 2; i + 4 < words.length; i += 5) {
            problems.add(new LineProblem(Integer.parseInt(words[i]), Integer.parseInt(words[i + 1]), decoded(words[i + 2]), decoded(words[i + 3]), Reason.valueOf(words[i + 4])));
        }
        tally.put(Integer.parseInt(words[0]), new Outcome(Outcome.Kind.valueOf(words[1]), problems));
    }

    /** A dash for nothing: a word is never empty. */
    private static String coded(String text) {
        return text.isEmpty() ? "-" : Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String word) {
        return word.equals("-") ? "" : new String(Base64.getDecoder().decode(word), StandardCharsets.UTF_8);
    }
}
