package antin.backbone.status;

import antin.ca.CertificateStatus;
import antin.ca.CertificateStatus.Revocation;
import antin.ca.RevocationReason;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What is known of certificates, in a file that only grows until it is written anew: each entry is on disk before anybody is told what it says, so that no start answers
 * anything older than what was answered. Each has a digest over itself and all before it; a file that does not fit is not read at all, but for an entry at the
 * end that a crash cut off. For one thread at a time.
 */
final class StatusFile implements AutoCloseable {

    /** Up to which change all is known, since when, and whether everything is. */
    record State(long change, Instant heard, boolean complete) {

        static final State NOTHING = new State(0, Instant.EPOCH, false);
    }

    /** One entry: where it stands, and what changed. */
    private record Entry(State state, List<CertificateStatus> statuses) {
    }

    private static final byte[] HEADER = "antin statuses 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final int LARGEST_ENTRY = 1 << 20;
    private static final int DIGEST = 32;
    private static final int AT_ONCE = 2_000;

    private final Path file;
    private @Nullable FileChannel channel;
    private byte[] last = new byte[DIGEST];

    StatusFile(Path file) {
        this.file = file;
    }

    /** How long the file is. */
    long length() throws IOException {
        FileChannel open = channel;
        return open == null ? 0 : open.size();
    }

    /**
     * Reads all, and is ready to go on; empty where there is no file.
     *
     * @throws IOException where it is damaged: nothing of what {@code each} was told is to be used then
     */
    Optional<State> read(Consumer<CertificateStatus> each) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw new Problem(Kind.MISCONFIGURED, "The file " + file + " may be read or written by others. Run: chmod 600 " + file);
        }
        State state = State.NOTHING;
        long good = HEADER.length;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            if (!Arrays.equals(in.readNBytes(HEADER.length), HEADER)) {
                throw new IOException("it does not begin as it should");
            }
            long size = Files.size(file);
            byte[] digest = new byte[DIGEST];
            for (Optional<byte[]> payload = payload(in, digest, size - good); payload.isPresent(); payload = payload(in, digest, size - good)) {
                digest = digest(digest, payload.get());
                Entry entry = entry(payload.get());
                entry.statuses.forEach(each);
                state = entry.state;
                good += 2 * Integer.BYTES + payload.get().length + DIGEST;
            }
            last = digest;
        }
        FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE);
        channel = open;
        open.truncate(good).position(good);
        return Optional.of(state);
    }

    /** Empty at the end, and for an entry that a crash cut off there. */
    private static Optional<byte[]> payload(DataInputStream in, byte[] before, long left) throws IOException {
        byte[] head = in.readNBytes(2 * Integer.BYTES);
        if (head.length < 2 * Integer.BYTES) {
            return Optional.empty();
        }
        int length = ByteBuffer.wrap(head).getInt();
        if (ByteBuffer.wrap(head).getInt(Integer.BYTES) != checksum(length) || length < 1 || length > LARGEST_ENTRY) {
            if (ByteBuffer.wrap(head).getLong() == 0 && isZero(in)) { // room that was given to an entry that never came
                return Optional.empty();
            }
            throw new IOException("an entry has no sound length");
        }
        byte[] payload = in.readNBytes(length);
        byte[] digest = in.readNBytes(DIGEST);
        if (payload.length == length && digest.length == DIGEST && MessageDigest.isEqual(digest, digest(before, payload))) {
            return Optional.of(payload);
        }
        if (left <= 2L * Integer.BYTES + length + DIGEST) {
            return Optional.empty();
        }
        throw new IOException("an entry does not fit its digest");
    }

    private static boolean isZero(DataInputStream in) throws IOException {
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet != 0) {
                return false;
            }
        }
        return true;
    }

    /** On disk when it returns. */
    void append(State state, List<CertificateStatus> statuses) throws IOException {
        FileChannel open = channel;
        if (open == null) {
            throw new IOException("it was not written yet");
        }
        try {
            write(open, state, statuses);
            open.force(false);
        } catch (IOException e) {
            close(); // half an entry may be there: it is written anew before anything comes behind it
            throw e;
        }
    }

    /** All anew, in a file that takes the place of the one before at once. */
    void rewrite(State state, Consumer<Consumer<CertificateStatus>> all) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        Path half = Files.createTempFile(folder, "." + file.getFileName(), ".half", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        boolean done = false;
        close();
        FileChannel open = FileChannel.open(half, StandardOpenOption.WRITE);
        try {
            writeAll(open, HEADER);
            last = new byte[DIGEST];
            List<CertificateStatus> some = new ArrayList<>(AT_ONCE);
            all.accept(status -> {
                some.add(status);
                if (some.size() == AT_ONCE) {
                    writeUnchecked(open, some);
                }
            });
            writeUnchecked(open, some);
            write(open, state, List.of());
            open.force(true);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel directory = FileChannel.open(folder)) {
                directory.force(true);
            }
            channel = open;
            done = true;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            if (!done) {
                open.close();
                Files.deleteIfExists(half);
            }
        }
    }

    /** A state that says nothing is known yet, so that a file without its end is none. */
    private void writeUnchecked(FileChannel open, List<CertificateStatus> some) {
        try {
            write(open, State.NOTHING, some);
            some.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(FileChannel open, State state, List<CertificateStatus> statuses) throws IOException {
        byte[] payload = payload(state, statuses);
        byte[] digest = digest(last, payload);
        writeAll(open, ByteBuffer.allocate(2 * Integer.BYTES + payload.length + DIGEST).putInt(payload.length).putInt(checksum(payload.length)).put(payload).put(digest).array());
        last = digest;
    }

    private static void writeAll(FileChannel open, byte[] octets) throws IOException {
        for (ByteBuffer rest = ByteBuffer.wrap(octets); rest.hasRemaining();) {
            open.write(rest);
        }
    }

    private static byte[] payload(State state, List<CertificateStatus> statuses) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(octets)) {
            out.writeLong(state.change);
            out.writeLong(state.heard.toEpochMilli());
            out.writeBoolean(state.complete);
            out.writeInt(statuses.size());
            for (CertificateStatus status : statuses) {
                byte[] serial = status.serial().toByteArray();
                out.writeUTF(status.issuer());
                out.writeShort(serial.length);
                out.write(serial);
                out.writeLong(status.change());
                out.writeLong(status.notAfter().getEpochSecond());
                out.writeByte(status.revocation().map(revocation -> revocation.reason().code()).orElse(-1));
                out.writeLong(status.revocation().map(revocation -> revocation.time().getEpochSecond()).orElse(0L));
            }
        }
        return octets.toByteArray();
    }

    private static Entry entry(byte[] payload) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload))) {
            State state = new State(in.readLong(), Instant.ofEpochMilli(in.readLong()), in.readBoolean());
            List<CertificateStatus> statuses = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                String issuer = in.readUTF();
                BigInteger serial = new BigInteger(in.readNBytes(in.readUnsignedShort()));
                long change = in.readLong();
                Instant notAfter = Instant.ofEpochSecond(in.readLong());
                int reason = in.readByte();
                Instant revoked = Instant.ofEpochSecond(in.readLong());
                statuses.add(new CertificateStatus(change, issuer, serial, notAfter,
                    reason < 0 ? Optional.empty() : Optional.of(new Revocation(revoked, RevocationReason.of(reason)))));
            }
            return new Entry(state, statuses);
        } catch (RuntimeException e) {
            throw new IOException("an entry is not of this version", e);
        }
    }

    private static int checksum(int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
        return (int) checksum.getValue();
    }

    private static byte[] digest(byte[] before, byte[] payload) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(before);
            return digest.digest(payload);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
