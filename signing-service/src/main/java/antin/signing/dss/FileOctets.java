package antin.signing.dss;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file's octets to look at: a small file's in memory, a large one's where they lie. */
final class FileOctets {

    private static final long SMALL = 2 << 20; // where mapping costs more than reading

    private FileOctets() {
    }

    /** @throws IOException of a file beyond 2 GB, too */
    static ByteBuffer of(Path file) throws IOException {
        if (Files.size(file) <= SMALL) {
            return ByteBuffer.wrap(Files.readAllBytes(file));
        }
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new IOException("The file has " + channel.size() + " octets.");
            }
            return channel.map(MapMode.READ_ONLY, 0, channel.size());
        }
    }
}
