package antin.backbone.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.backbone.status.StatusFile.State;
import antin.ca.CertificateStatus;
import antin.ca.CertificateStatus.Revocation;
import antin.ca.RevocationReason;
import antin.kernel.Problem;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusFileTest {

    private static final Instant NOW = Instant.parse("2026-11-23T04:00:00Z");
    private static final CertificateStatus GOOD = new CertificateStatus(1, "persons", BigInteger.TEN.pow(40), NOW, Optional.empty());
    private static final CertificateStatus REVOKED = new CertificateStatus(2, "persons", BigInteger.TEN.pow(40), NOW,
        Optional.of(new Revocation(NOW, RevocationReason.KEY_COMPROMISE)));

    @TempDir
    private Path folder;

    private Path path() {
        return folder.resolve("status-copy/statuses");
    }

    /** All that is in the file after two entries; the last says that everything is known up to change 2. */
    private byte[] written() throws IOException {
        try (StatusFile file = new StatusFile(path())) {
            assertThat(file.read(status -> { })).isEmpty();
            file.rewrite(new State(1, NOW, true), each -> each.accept(GOOD));
            file.append(new State(2, NOW.plusSeconds(9), true), List.of(REVOKED));
        }
        return Files.readAllBytes(path());
    }

    private Optional<State> read(List<CertificateStatus> into) throws IOException {
        try (StatusFile file = new StatusFile(path())) {
            return file.read(into::add);
        }
    }

    @Test
    void isReadAsItWasWrittenAndGoesOnFromThere() throws IOException {
        written();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path()))).isEqualTo("rw-------");
        List<CertificateStatus> statuses = new ArrayList<>();
        try (StatusFile file = new StatusFile(path())) {
            assertThat(file.read(statuses::add)).hasValue(new State(2, NOW.plusSeconds(9), true));
            assertThat(statuses).containsExactly(GOOD, REVOKED);
            file.append(new State(3, NOW.plusSeconds(10), true), List.of());
        }
        assertThat(read(new ArrayList<>())).hasValue(new State(3, NOW.plusSeconds(10), true));
        try (var files = Files.list(path().getParent())) {
            assertThat(files).as("no half file is left").hasSize(1);
        }
    }

    /** A crash in the middle of an entry: nobody was told what it says, as it was not on disk yet. */
    @Test
    void leavesOutAnEntryThatWasCutOff() throws IOException {
        byte[] whole = written();
        int lastEntry = whole.length - lastEntryLength(whole);
        for (int length = lastEntry; length < whole.length; length += 7) {
            Files.write(path(), Arrays.copyOf(whole, length));
            List<CertificateStatus> statuses = new ArrayList<>();
            assertThat(read(statuses)).hasValueSatisfying(state -> assertThat(state.change()).isEqualTo(1));
            assertThat(statuses).containsExactly(GOOD);
        }
        Files.write(path(), Arrays.copyOf(Arrays.copyOf(whole, lastEntry), whole.length)); // room, and nothing in it
        assertThat(read(new ArrayList<>())).hasValueSatisfying(state -> assertThat(state.change()).isEqualTo(1));
        assertThat(Files.size(path())).as("cut off").isEqualTo(lastEntry);
    }

    /** Otherwise an older state could be answered than was answered before. */
    @Test
    void isNotReadWhereAnOctetIsAnother() throws IOException {
        byte[] whole = written();
        int lastEntry = whole.length - lastEntryLength(whole);
        for (int i = 0; i < lastEntry; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 0x10;
            Files.write(path(), changed);
            assertThatThrownBy(() -> read(new ArrayList<>())).as("octet " + i).isInstanceOf(IOException.class);
        }
        byte[] doubled = Arrays.copyOf(whole, whole.length + lastEntryLength(whole));
        System.arraycopy(whole, lastEntry, doubled, whole.length - lastEntryLength(whole), lastEntryLength(whole));
        System.arraycopy(whole, lastEntry, doubled, whole.length, lastEntryLength(whole));
        Files.write(path(), doubled);
        assertThat(read(new ArrayList<>())).as("an entry twice does not follow itself").hasValueSatisfying(state -> assertThat(state.change()).isEqualTo(2));
    }

    @Test
    void isRefusedWhereOthersMayWriteIt() throws IOException {
        written();
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-rw----"));
        assertThatThrownBy(() -> read(new ArrayList<>())).isInstanceOf(Problem.class).hasMessageContaining("chmod 600");
    }

    @Test
    void isWrittenAnewAfterAFailure() throws IOException {
        try (StatusFile file = new StatusFile(path())) {
            assertThatThrownBy(() -> file.append(new State(1, NOW, true), List.of(GOOD))).isInstanceOf(IOException.class);
            file.rewrite(new State(2, NOW, true), each -> each.accept(REVOKED));
            file.append(new State(2, NOW, true), List.of());
        }
        List<CertificateStatus> statuses = new ArrayList<>();
        assertThat(read(statuses)).isPresent();
        assertThat(statuses).containsExactly(REVOKED);
    }

    /** The entry that {@link #written} appends: one status. */
    private static int lastEntryLength(byte[] whole) {
        int payload = 8 + 8 + 1 + 4 + 2 + "persons".length() + 2 + REVOKED.serial().toByteArray().length + 8 + 8 + 1 + 8;
        assertThat(whole.length).isGreaterThan(payload);
        return 4 + 4 + payload + 32;
    }
}
