package antin.ca.load;

import antin.ca.CaSettings;
import antin.ca.CertificateRequest;
import antin.ca.TestRequests;
import antin.ca.bootstrap.IssuedFolder;
import antin.ca.embedded.EmbeddedCertificateAuthority;
import antin.ca.ledger.LedgerDatabase;
import antin.kernel.audit.AuditLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** An authority whose ledger holds so many certificates, with wishes that are ready to be met. */
final class FilledLedger implements AutoCloseable {

    private static final String FILLED = "filled";
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final DataSource source;
    private final AuditLog audit;
    private final LedgerDatabase database;
    private final EmbeddedCertificateAuthority authority;
    private final ConcurrentLinkedQueue<CertificateRequest> wishes = new ConcurrentLinkedQueue<>();

    private FilledLedger(CaSettings settings, DataSource source, Path audit) throws Exception {
        this.source = source;
        this.audit = AuditLog.open(audit, "ca", Clock.systemUTC());
        this.database = LedgerDatabase.open(source);
        this.authority = EmbeddedCertificateAuthority.start(database, settings.authorities(), new IssuedFolder(settings.issuedFolder()), this.audit, new SimpleMeterRegistry(),
            Clock.systemUTC());
    }

    /** {@code source} is of an empty database. */
    static FilledLedger start(CaSettings settings, DataSource source, Path audit, int certificates) throws Exception {
        X509Certificate example;
        try (FilledLedger empty = new FilledLedger(settings, source, audit)) {
            example = empty.authority.issue(TestRequests.any()).certificate();
        }
        fill(source, example, certificates);
        return new FilledLedger(settings, source, audit);
    }

    /** So many wishes are ready after this, of as many keys and subjects; what was issued before is gone, so that the ledger is as large as it was filled. */
    void prepare(int most) throws Exception {
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("delete from certificate using intent where intent.serial = certificate.serial and actor <> '" + FILLED + "'");
            statement.execute("delete from intent where actor <> '" + FILLED + "'");
            statement.execute("delete from subject_key where subject not like '" + FILLED + "%'");
            for (String table : List.of("certificate", "intent", "subject_key")) {
                statement.execute("vacuum analyze " + table);
            }
            statement.execute("checkpoint");
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(PROCESSORS)) {
            List<Future<?>> making = new ArrayList<>();
            for (int i = wishes.size(); i < most; i++) {
                String name = "Đơn vị " + i;
                making.add(threads.submit(() -> wishes.add(new CertificateRequest(TestRequests.newId(), "agency-seal", TestRequests.subject(name), List.of(),
                    TestRequests.pkcs10(TestRequests.ec("secp256r1")), "benchmark"))));
            }
            for (Future<?> one : making) {
                one.get();
            }
        }
    }

    void issue() {
        CertificateRequest wish = wishes.poll();
        if (wish == null) {
            throw new IllegalStateException("Too few wishes were made ready");
        }
        authority.issue(wish);
    }

    /** Rows as issuing leaves them; each certificate has its own serial, and the signature of the example. */
    private static void fill(DataSource source, X509Certificate example, int certificates) throws Exception {
        byte[] der = example.getEncoded();
        int place = place(der, example.getSerialNumber());
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("create temporary table fresh as select n, '4' || substr(md5(random()::text) || md5(random()::text), 1, 39) as serial from generate_series(1, "
                + certificates + ") n");
            statement.execute("insert into intent (serial, request_id, content, issuer, profile, subject, actor, begun) select serial, 'test-' || gen_random_uuid(), "
                + "sha256(serial::bytea), 'agencies', 'agency-seal', 'CN=Đơn vị ' || n || ',OU=so-noi-vu,O=Thành phố mẫu,C=VN', '" + FILLED + "', now() from fresh");
            statement.execute("insert into subject_key (key_sha256, subject) select sha256(serial::bytea), '" + FILLED + " cn=đơn vị ' || n || ',ou=so-noi-vu,o=thành phố mẫu,c=vn' from fresh");
            try (PreparedStatement insert = connection.prepareStatement("insert into certificate (serial, issuer, der, not_after, change) select serial, 'agencies', "
                + "overlay(?::bytea placing decode(serial, 'hex') from ?), now() + interval '2 years', n + 1000 from fresh")) {
                insert.setBytes(1, der);
                insert.setInt(2, place + 1);
                insert.executeUpdate();
            }
        }
    }

    private static int place(byte[] der, BigInteger serial) {
        byte[] octets = serial.toByteArray();
        for (int i = 0; i + octets.length <= der.length; i++) {
            if (java.util.Arrays.equals(der, i, i + octets.length, octets, 0, octets.length)) {
                return i;
            }
        }
        throw new IllegalStateException("A certificate has its serial");
    }

    @Override
    public void close() throws SQLException, java.io.IOException {
        authority.close();
        database.close();
        audit.close();
    }
}
