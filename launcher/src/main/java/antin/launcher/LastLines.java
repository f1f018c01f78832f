package antin.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process said last, for whoever has to find out why it died. */
final class LastLines {

    private static final int WINDOW = 64 << 10;
    private static final Pattern SENTENCE = Pattern.compile("antin: \\S+ cannot start: (.*)");
    private static final Pattern MESSAGE = Pattern.compile("\"(?:formattedMessage|message)\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    private LastLines() {
    }

    /** The process's own sentence where it gave one, else its last line. */
    static String reason(String process, Path out, int exit) {
        List<String> lines = tail(out, 200);
        Optional<String> sentence = lines.stream().map(SENTENCE::matcher).filter(Matcher::matches).map(matcher -> matcher.group(1)).findFirst();
        return sentence.orElseGet(() -> process + " ended with " + exit + (lines.isEmpty() ? "" : ": " + lines.getLast()) + " (see " + out + ")");
    }

    /** A few lines for the console: what it printed, and the messages of its log. */
    static List<String> report(Installation installation, String process) {
        List<String> lines = new ArrayList<>(tail(installation.out(process), 5));
        tail(installation.log(process), 5).forEach(line -> lines.add(message(line)));
        return lines;
    }

    private static String message(String json) {
        Matcher matcher = MESSAGE.matcher(json);
        return matcher.find() ? matcher.group(1) : json;
    }

    private static List<String> tail(Path file, int count) {
        try (var channel = Files.newByteChannel(file)) {
            long size = channel.size();
            channel.position(Math.max(0, size - WINDOW));
            byte[] bytes = new byte[(int) Math.min(WINDOW, size)];
            var buffer = java.nio.ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // read on
            }
            List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()).toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException e) {
            return List.of();
        }
    }
}
