package antin.signing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where documents lie while they are worked on: files that only their owner may read, gone after use and at the next start. */
public final class WorkFolder {

    /** Of the disk's free octets, what requests leave to others that write there: audit, log, database. */
    private static final long RESERVE = 256L << 20;
    /** As large a share of a small disk is left at the most. */
    private static final int SMALLEST_SHARE = 20;

    private final Path folder;

    private WorkFolder(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder and empties it of what an earlier process left. The folder is this process's alone. */
    public static WorkFolder open(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, path -> Files.isRegularFile(path))) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
        return new WorkFolder(folder);
    }

    /** Where libraries put what they cannot hold in memory, since parts of documents may be among it: made anew beside the folder, and named to the JDK before anything asks it. */
    static void openTemporary(Path folder) throws IOException {
        Path temporary = folder.resolveSibling(folder.getFileName() + "-temporary");
        if (Files.exists(temporary)) {
            try (Stream<Path> left = Files.walk(temporary)) {
                left.sorted(Comparator.reverseOrder()).forEach(WorkFolder::remove);
            }
        }
        Files.createDirectories(temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        System.setProperty("java.io.tmpdir", temporary.toString());
    }

    public Path path() {
        return folder;
    }

    /**
     * Whether so much may be written here before the disk is as good as full.
     *
     * @throws NoRoom where not
     */
    public void requireRoom(long octets) {
        try {
            FileStore disk = Files.getFileStore(folder);
            if (disk.getUsableSpace() - Math.min(RESERVE, disk.getTotalSpace() / SMALLEST_SHARE) < octets) {
                throw new NoRoom();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new empty file. */
    public Path newFile() {
        try {
            return Files.createTempFile(folder, "work-", ".tmp", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
