package antin.ca;

import antin.ca.authority.AuthorityFiles;
import antin.ca.bootstrap.IssuedFolder;
import antin.ca.embedded.EmbeddedCertificateAuthority;
import antin.ca.ledger.LedgerDatabase;
import antin.kernel.audit.AuditLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;

/** A whole authority in this process, on a database and a folder of the caller's. Also for other modules' tests. */
public final class TestAuthority implements AutoCloseable {

    private final Path home;
    private final AuditLog audit;
    private final LedgerDatabase database;
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final EmbeddedCertificateAuthority authority;

    private TestAuthority(DataSource unpooled, Path home, Clock clock) throws IOException, GeneralSecurityException, SQLException {
        this.home = home;
        CaSettings settings = new TestState(home).settings();
        this.audit = AuditLog.open(settings.auditFolder(), "ca", clock);
        this.database = LedgerDatabase.open(unpooled);
        this.authority = EmbeddedCertificateAuthority.start(database, settings.authorities(), new IssuedFolder(settings.issuedFolder()),
            audit, metrics, clock);
    }

    /** Bootstraps {@code home} as a sample installation where it is not one yet, and starts. {@code unpooled} gives a new connection each time. */
    public static TestAuthority start(DataSource unpooled, Path home, Clock clock) throws IOException, GeneralSecurityException, SQLException {
        TestState.prepare(home).bootstrap(clock);
        return new TestAuthority(unpooled, home, clock);
    }

    /** Issues and revokes, and tells of both. */
    public EmbeddedCertificateAuthority authority() {
        return authority;
    }

    /** The keys of root, issuing and internal authority. */
    public AuthorityFiles files() {
        return new TestState(home).settings().authorities();
    }

    public Path home() {
        return home;
    }

    public MeterRegistry metrics() {
        return metrics;
    }

    @Override
    public void close() throws IOException {
        authority.close();
        database.close();
        audit.close();
    }
}
