package antin.ca;

import antin.ca.bootstrap.IssuedFolder;
import antin.ca.embedded.EmbeddedCertificateAuthority;
import antin.ca.ledger.LedgerDatabase;
import antin.kernel.audit.AuditLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process that issues one certificate and revokes it, or holds and releases it, and dies at a named step on the way, as by a cut of the power: no finally, no shutdown hook. Steps are
 * writes of the ledger ({@link HaltingSource}), lines of the audit ({@code before line 1}), and answers ({@code issued}, {@code revoked}, {@code held}, {@code released}).
 */
final class HaltingAuthority {

    static final int HALTED = 9;

    private static volatile boolean armed;
    private static String last = "";

    private HaltingAuthority() {
    }

    /** Arguments: the state folder, the database, the request's id, the step, and {@code hold} where that is what is tried. */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        last = arguments[3];
        CaSettings settings = new TestState(home).settings();
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(arguments[1]);
        AuditLog audit = AuditLog.open(settings.auditFolder(), "ca", new CountingClock());
        EmbeddedCertificateAuthority authority = EmbeddedCertificateAuthority.start(LedgerDatabase.open(HaltingSource.of(database, HaltingAuthority::step)),
            settings.authorities(), new IssuedFolder(settings.issuedFolder()), audit, new SimpleMeterRegistry(), Clock.systemUTC());
        if (arguments[4].equals("hold")) {
            hold(authority, home, arguments[2]);
        }
        armed = true;
        BigInteger serial = authority.issue(request(home, arguments[2])).certificate().getSerialNumber();
        Files.writeString(home.resolve("issued." + arguments[2]), serial.toString(16));
        step("issued");
        authority.revoke(serial, RevocationReason.KEY_COMPROMISE, "test");
        Files.writeString(home.resolve("revoked." + arguments[2]), serial.toString(16));
        step("revoked");
        Runtime.getRuntime().halt(0);
    }

    /** Lines of the audit: 1 to 4 hold, 5 to 8 release, 9 to 12 hold again, 13 to 16 revoke; the second of each begins the CRL. */
    private static void hold(EmbeddedCertificateAuthority authority, Path home, String id) throws Exception {
        BigInteger serial = authority.issue(request(home, id)).certificate().getSerialNumber();
        Files.writeString(home.resolve("issued." + id), serial.toString(16));
        armed = true;
        authority.hold(serial, "test");
        step("held");
        authority.release(serial, "test");
        step("released");
        authority.hold(serial, "test");
        authority.revoke(serial, RevocationReason.KEY_COMPROMISE, "test");
        step("revoked");
        Runtime.getRuntime().halt(0);
    }

    /** The same in every process that asks for it. */
    static CertificateRequest request(Path home, String id) throws Exception {
        return new CertificateRequest(id, "agency-seal", TestRequests.subject("Sở Nội vụ"), java.util.List.of(), Files.readAllBytes(home.resolve(id + ".p10")), "backbone");
    }

    private static void step(String name) {
        if (armed && name.equals(last)) {
            Runtime.getRuntime().halt(HALTED);
        }
    }

    /** The audit log asks the time of each line just before it writes it. */
    private static final class CountingClock extends Clock {

        private final AtomicInteger lines = new AtomicInteger();

        @Override
        public Instant instant() {
            if (armed) {
                step("before line " + lines.incrementAndGet());
            }
            return Instant.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
