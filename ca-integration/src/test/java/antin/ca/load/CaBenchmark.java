package antin.ca.load;

import antin.ca.CaSettings;
import antin.ca.authority.Authority;
import antin.ca.load.Rounds.Task;
import antin.ca.status.DelegatedKey;
import antin.ca.status.TimeStampAnswer;
import antin.ca.status.TimeStampingAuthority;
import antin.kernel.SecretFile;
import antin.kernel.audit.AuditLog;
import antin.kernel.config.Settings;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Behind {@code benchmarks/ca}: certificates and time stamps beside the bare signatures of the same keys in the same run. Arguments: state folder, after the bootstrap; JDBC URL of a
 * PostgreSQL server, to which a database's name is added; its superuser and the file with the password; seconds for each measurement; rounds.
 */
final class CaBenchmark {

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    /** As many requests as backbone may have under way when a department enrols. */
    private static final int AT_ONCE = 16;
    private static final int FEW = 1_000;
    private static final int MANY = 100_000;
    private static final int SMALL = 1_000;

    private final Path home;
    private final CaSettings settings;
    private final String server;
    private final String user;
    private final String password;
    private final Duration time;
    private final Duration warming;
    private final int rounds;

    private CaBenchmark(Path home, String server, String user, String password, int seconds, int rounds) {
        this.home = home;
        this.settings = CaSettings.read(Settings.read(home.resolve("conf/ca.properties")));
        this.server = server;
        this.user = user;
        this.password = password;
        this.time = Duration.ofSeconds(seconds);
        this.warming = Duration.ofSeconds(seconds * 2L);
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws Exception {
        CaBenchmark benchmark = new CaBenchmark(Path.of(arguments[0]), arguments[1], arguments[2], SecretFile.text(Path.of(arguments[3])), Integer.parseInt(arguments[4]),
            Integer.parseInt(arguments[5]));
        benchmark.issue();
        benchmark.stamp("tsa-vs-bare", "status-rsa");
        benchmark.stamp("tsa-p256-vs-bare", "status");
        System.exit(0);
    }

    private void issue() throws Exception {
        Authority agencies = settings.authorities().readAllIssuing().getLast();
        byte[] small = new byte[SMALL];
        String algorithm = agencies.certificate().getPublicKey().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA384withECDSA";
        int most = (int) time.toSeconds() * 1_000;
        try (FilledLedger few = FilledLedger.start(settings, database("benchmark_few"), home.resolve("audit-few"), FEW);
             FilledLedger many = FilledLedger.start(settings, database("benchmark_many"), home.resolve("audit-many"), MANY);
             BareRows rows = new BareRows(database("benchmark_bare"))) {
            Rounds rounds = Rounds.measure(List.of(
                new Task("bare", PROCESSORS, () -> sign(agencies.key(), algorithm, small)),
                new Task("stored", AT_ONCE, () -> rows.insert(sign(agencies.key(), algorithm, small))),
                new Task("few", AT_ONCE, few::issue, () -> few.prepare(most)),
                new Task("many", AT_ONCE, many::issue, () -> many.prepare(most))), this.rounds, warming, time);
            Rounds.say("%s: %.0f bare signatures a second on all processors, %.0f with one durable row each; certificates a second: %.0f where %,d are, %.0f where %,d are", algorithm,
                rounds.median("bare"), rounds.median("stored"), rounds.median("few"), FEW, rounds.median("many"), MANY);
            Rounds.figure("issue-rsa3072-vs-bare", rounds.ratio("many", "bare"), ">=", 0.5);
            Rounds.figure("issue-rsa3072-vs-stored", rounds.ratio("many", "stored"), ">=", 0.5);
            Rounds.figure("issue-growth", rounds.ratio("few", "many"), "<=", 1.1);
        }
    }

    private void stamp(String figure, String folder) throws Exception {
        DelegatedKey key = DelegatedKey.read(home.resolve(folder), "tsa", settings.statusKeysPassword(), DelegatedKey.TIME_STAMPING);
        byte[][] requests = new byte[256][];
        for (int i = 0; i < requests.length; i++) {
            TimeStampRequestGenerator request = new TimeStampRequestGenerator();
            request.setCertReq(true);
            byte[] imprint = new byte[32];
            ThreadLocalRandom.current().nextBytes(imprint);
            requests[i] = request.generate(TSPAlgorithms.SHA256, imprint).getEncoded();
        }
        byte[] small = new byte[SMALL];
        String algorithm = key.key().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        try (AuditLog audit = AuditLog.open(home.resolve("audit-" + figure), "backbone", Clock.systemUTC())) {
            TimeStampingAuthority authority = new TimeStampingAuthority(() -> key, audit, Clock.systemUTC(), new SecureRandom());
            Rounds rounds = Rounds.measure(List.of(
                new Task("bare", PROCESSORS, () -> sign(key.key(), algorithm, small)),
                new Task("stamp", AT_ONCE, () -> {
                    TimeStampAnswer answer = authority.answer(requests[ThreadLocalRandom.current().nextInt(requests.length)], "127.0.0.1");
                    if (!answer.granted()) {
                        throw new IllegalStateException("A good request was refused");
                    }
                })), this.rounds, warming, time);
            Rounds.say("%s: %.0f bare signatures a second on all processors, %.0f time stamps with both audit lines on disk", algorithm, rounds.median("bare"), rounds.median("stamp"));
            Rounds.figure(figure, rounds.ratio("stamp", "bare"), ">=", 0.7);
        }
    }

    private static byte[] sign(PrivateKey key, String algorithm, byte[] bytes) throws Exception {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(bytes);
        return signature.sign();
    }

    private DataSource database(String name) throws SQLException {
        try (Connection connection = source("postgres").getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + name);
            statement.execute("create database " + name);
        }
        return source(name);
    }

    private DataSource source(String name) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server + name);
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName("antin-ca");
        return source;
    }

    /** What the least of all authorities would keep: a row in one statement, committed to disk, on a connection of each thread's own. */
    private static final class BareRows implements AutoCloseable {

        private record Row(Connection connection, PreparedStatement insert) {
        }

        private final java.util.Queue<Row> rows = new java.util.concurrent.ConcurrentLinkedQueue<>();

        BareRows(DataSource source) throws SQLException {
            try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
                statement.execute("create table bare (serial text primary key, der bytea not null)");
            }
            for (int i = 0; i < AT_ONCE; i++) {
                Connection connection = source.getConnection();
                rows.add(new Row(connection, connection.prepareStatement("insert into bare values (gen_random_uuid()::text, ?)")));
            }
        }

        void insert(byte[] signature) throws SQLException {
            byte[] der = new byte[SMALL + signature.length];
            System.arraycopy(signature, 0, der, SMALL, signature.length);
            Row row = rows.remove();
            row.insert.setBytes(1, der);
            row.insert.executeUpdate();
            rows.add(row);
        }

        @Override
        public void close() throws SQLException {
            for (Row row : rows) {
                row.connection.close();
            }
        }
    }
}
