package antin.kernel;

import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/** A secret in a file that only its owner may read (mode 0600). Secrets are named by path, never given as values. */
public final class SecretFile {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private SecretFile() {
    }

    /** The bytes; refuses a file that others than its owner may read or write. */
    public static byte[] bytes(Path file) {
        try {
            Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            permissions.retainAll(OTHERS);
            if (!permissions.isEmpty()) {
                throw new Problem(Kind.MISCONFIGURED, "The secret file " + file + " may be read or written by others. Run: chmod 600 " + file);
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new Problem(Kind.MISCONFIGURED, "The secret file " + file + " is missing.", e);
        } catch (IOException e) {
            throw new Problem(Kind.MISCONFIGURED, "The secret file " + file + " cannot be read.", e);
        }
    }

    /** The text in UTF-8, without the line end that an editor leaves. */
    public static String text(Path file) {
        return new String(bytes(file), StandardCharsets.UTF_8).stripTrailing();
    }

    /** Writes whole or not at all, readable by its owner only; on disk when this returns. Replaces what was there. */
    public static void write(Path file, byte[] secret) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        Path half = Files.createTempFile(folder, "." + file.getFileName(), ".half", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(secret);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(half);
        }
    }

    public static void write(Path file, String secret) throws IOException {
        write(file, secret.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes a random text of {@code bytes} bytes of entropy (base64url) where the file does not exist yet. */
    public static void createRandom(Path file, int bytes, SecureRandom random) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        byte[] secret = new byte[bytes];
        random.nextBytes(secret);
        write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }
}
