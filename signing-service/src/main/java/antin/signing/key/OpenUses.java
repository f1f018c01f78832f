package antin.signing.key;

import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Uses of keys that an earlier process began and whose end it did not live to write. At the start each gets its {@code failed}: nothing of it was answered. They are sought in the last octets of
 * the log, since whatever was going on when the process died is written there.
 */
public final class OpenUses {

    public static final String ACT = "key.use";
    private static final Logger LOG = LoggerFactory.getLogger(OpenUses.class);
    private static final int TAIL = 8 << 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private OpenUses() {
    }

    /**
     * @param file the log's own file, already recovered by {@link AuditLog#open}
     * @param done the digest of what was made in a use that was stored as done before the process ended, by its id: only its line is missing
     */
    public static void close(AuditLog audit, Path file, Function<String, Optional<String>> done) throws IOException {
        Map<String, JsonNode> open = new LinkedHashMap<>();
        tail(file).lines().filter(line -> line.contains("\"act\":\"" + ACT + "\"")).forEach(line -> note(line, open));
        open.forEach((id, begun) -> {
            Optional<String> sha256 = done.apply(id);
            audit.record(new AuditEvent(ACT, sha256.isPresent() ? "done" : "failed", begun.path("who").asString(""), begun.path("from").asString(""),
                Map.of(idName(begun).substring(2), id, "key", begun.path("x-key").asString(""), sha256.isPresent() ? "sha256" : "why", sha256.orElse("PROCESS_ENDED"))));
        });
        if (!open.isEmpty()) {
            LOG.warn("{} uses of keys were begun and not ended when the process ended; they are in the audit now", open.size());
        }
    }

    private static void note(String line, Map<String, JsonNode> open) {
        try {
            JsonNode event = JSON.readTree(line.substring(line.indexOf('{')));
            String id = event.path(idName(event)).asString("");
            if (event.path("outcome").asString("").equals("begun")) {
                open.put(id, event);
            } else {
                open.remove(id);
            }
        } catch (JacksonException e) {
            LOG.debug("A line of the audit log is none", e);
        }
    }

    private static String idName(JsonNode event) {
        return event.has("x-seal") ? "x-seal" : "x-use";
    }

    private static String tail(Path file) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(0, log.length() - TAIL);
            byte[] octets = new byte[(int) (log.length() - start)];
            log.seek(start);
            log.readFully(octets);
            String text = new String(octets, StandardCharsets.UTF_8);
            return start == 0 ? text : text.substring(text.indexOf('\n') + 1);
        }
    }
}
