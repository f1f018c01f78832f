package antin.ca.external;

import antin.ca.Capability;
import antin.ca.CertificateAuthority;
import antin.ca.CertificateAuthorityContract;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditLog;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract as far as an outside authority goes: it makes nothing here, and what it takes back it takes back itself. */
class ExternalCertificateAuthorityTest implements CertificateAuthorityContract {

    @TempDir
    private static Path folder;
    private static EmbeddedPostgres postgres;
    private static AuditLog audit;
    private static ExternalCertificateAuthority external;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        Flyway.configure().dataSource(postgres.getPostgresDatabase()).locations(Registrations.MIGRATIONS).load().migrate();
        audit = AuditLog.open(folder, "test", Clock.systemUTC());
        external = new ExternalCertificateAuthority(new Registrations(List.of(), postgres.getPostgresDatabase(), audit, Clock.systemUTC()),
            new OutsideRequests(postgres.getPostgresDatabase(), audit, Clock.systemUTC()), Clock.systemUTC());
    }

    @AfterAll
    static void stop() throws Exception {
        external.close();
        audit.close();
        postgres.close();
    }

    @Override
    public CertificateAuthority authority() {
        return external;
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.noneOf(Capability.class);
    }

    @Test
    void refusesToIssueAndTellsTheWay() {
        CertificateAuthorityContract.assertRefused(Kind.NOT_ALLOWED, () -> external.issue(any()));
    }
}
