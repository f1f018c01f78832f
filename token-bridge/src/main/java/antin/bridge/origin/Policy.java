package antin.bridge.origin;

import antin.bridge.message.Json;
import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an administrator has decided for everybody at this machine. A file that is there and cannot be read, or says something unknown, stops everything: a policy that is half understood is none.
 *
 * @param origins that need no question
 * @param ask whether the person may allow others
 * @param modules PKCS#11 libraries that may be loaded, instead of those this program knows; empty for those
 * @param extensions of browsers that may call besides ours and Web eID's
 */
public record Policy(List<Origin> origins, boolean ask, List<Path> modules, List<String> extensions) {

    private static final Set<String> NAMES = Set.of("origins", "ask", "modules", "extensions");

    /** Without a file: everything is asked. */
    public static Policy none() {
        return new Policy(List.of(), true, List.of(), List.of());
    }

    public static Policy read(Path file) {
        if (Files.notExists(file)) {
            return none();
        }
        try {
            checkOwner(file);
            return of(Json.read(Files.readAllBytes(file)));
        } catch (IOException | Refused | IllegalArgumentException e) {
            throw new Refused(Reason.POLICY_UNREADABLE, e);
        }
    }

    private static Policy of(ObjectNode object) {
        if (!NAMES.containsAll(object.propertyNames())) {
            throw new IllegalArgumentException("unknown key");
        }
        return new Policy(texts(object, "origins").stream().map(Origin::of).toList(), flag(object, "ask"), texts(object, "modules").stream().map(Policy::absolute).toList(),
            texts(object, "extensions"));
    }

    /** Who may write it is the administrator. */
    private static void checkOwner(Path file) throws IOException {
        Optional<PosixFileAttributeView> posix = Optional.ofNullable(Files.getFileAttributeView(file, PosixFileAttributeView.class));
        if (posix.isPresent()) {
            Set<PosixFilePermission> permissions = posix.get().readAttributes().permissions();
            if (permissions.contains(PosixFilePermission.GROUP_WRITE) || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new IOException("The policy can be written by others than its owner");
            }
        }
    }

    private static boolean flag(ObjectNode object, String name) {
        JsonNode node = object.get(name);
        if (node != null && !node.isBoolean()) {
            throw new IllegalArgumentException(name);
        }
        return node == null || node.booleanValue();
    }

    private static List<String> texts(ObjectNode object, String name) {
        List<String> texts = new ArrayList<>();
        JsonNode node = object.get(name);
        if (node == null) {
            return texts;
        }
        if (!(node instanceof ArrayNode array)) {
            throw new IllegalArgumentException(name);
        }
        for (JsonNode element : array) {
            if (!element.isString()) {
                throw new IllegalArgumentException(name);
            }
            texts.add(element.stringValue());
        }
        return texts;
    }

    /** A relative path would load what lies where the browser happened to start. */
    private static Path absolute(String path) {
        Path module = Path.of(path);
        if (!module.isAbsolute()) {
            throw new IllegalArgumentException(path);
        }
        return module;
    }
}
