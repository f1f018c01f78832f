package antin.directory.opendj;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** A folder with all below it once more, with the same rights and dates; programs are linked where the file system lets them. */
final class FolderCopy {

    private FolderCopy() {
    }

    /** {@code to} is an empty folder or none. */
    static void make(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            paths.filter(path -> !(path.equals(from) && Files.exists(to))).forEach(path -> copy(path, to.resolve(from.relativize(path))));
        }
    }

    private static void copy(Path file, Path target) {
        try {
            if (file.toString().endsWith(".jar") && linked(file, target)) {
                return;
            }
            Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean linked(Path file, Path target) {
        try {
            Files.createLink(target, file);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
