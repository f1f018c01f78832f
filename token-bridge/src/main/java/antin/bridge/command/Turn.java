package antin.bridge.command;

import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One window at a time, across all browsers of a person: two that ask for a PIN at once cannot be told apart. The system frees it where this program is killed. */
public final class Turn implements AutoCloseable {

    private final FileChannel channel;

    private Turn(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the turn, or refuses where another program has it. */
    public static Turn take(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(folder.resolve("turn.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new Refused(Reason.BUSY);
            }
            return new Turn(channel);
        } catch (IOException e) {
            throw new Refused(Reason.INTERNAL, e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new Refused(Reason.INTERNAL, e);
        }
    }
}
