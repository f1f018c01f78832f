package antin.ca.bootstrap;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/** A file that everybody may read, written whole or not at all, and on disk with its name when the call returns. */
final class PublicFile {

    private PublicFile() {
    }

    /** Returns whether there was anything to write. */
    static boolean write(Path file, String text) throws IOException {
        return write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns whether there was anything to write. */
    static boolean write(Path file, byte[] content) throws IOException {
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return false;
        }
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        Path half = Files.createTempFile(folder, "." + file.getFileName(), ".half");
        try {
            Files.write(half, content);
            Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rw-r--r--"));
            force(half, StandardOpenOption.WRITE);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(folder, StandardOpenOption.READ); // POSIX: a name lasts only when its folder is on disk too
        } finally {
            Files.deleteIfExists(half);
        }
        return true;
    }

    private static void force(Path path, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }
}
