package antin.bridge.origin;

import antin.bridge.message.Json;
import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A person's answers, one an origin: {@code {"https://example.gov.vn": true}} in a file that only the person reads and writes. */
public final class RememberedOrigins {

    private final Path file;

    /** Kept in {@code folder}, which is made with the first answer. */
    public RememberedOrigins(Path folder) {
        this.file = folder.resolve("origins.json");
    }

    /** Empty where the person was not asked yet. */
    public Optional<Boolean> answer(Origin origin) {
        return Optional.ofNullable(answers().get(origin.value()));
    }

    public void remember(Origin origin, boolean allowed) {
        Map<String, Boolean> answers = answers();
        answers.put(origin.value(), allowed);
        write(answers);
    }

    /** The next question is asked again. */
    public void forget(Origin origin) {
        Map<String, Boolean> answers = answers();
        if (answers.remove(origin.value()) != null) {
            write(answers);
        }
    }

    private Map<String, Boolean> answers() {
        Map<String, Boolean> answers = new TreeMap<>();
        if (Files.notExists(file)) {
            return answers;
        }
        try {
            for (Map.Entry<String, JsonNode> entry : Json.read(Files.readAllBytes(file)).properties()) {
                answers.put(entry.getKey(), entry.getValue().asBoolean(false));
            }
            return answers;
        } catch (IOException e) {
            throw new Refused(Reason.POLICY_UNREADABLE, e);
        }
    }

    /** Whole or not at all: a new file takes the place of the old one. */
    private void write(Map<String, Boolean> answers) {
        ObjectNode object = Json.object();
        answers.forEach(object::put);
        Path folder = file.toAbsolutePath().getParent();
        try {
            if (folder == null) {
                throw new IOException("no folder");
            }
            Files.createDirectories(folder, only("rwx------"));
            Path fresh = Files.createTempFile(folder, "origins", ".new", only("rw-------"));
            Files.write(fresh, Json.writePretty(object));
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileAttribute<?>[] only(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))} : new FileAttribute<?>[0]; // Windows: the profile's folder is the person's own
    }
}
