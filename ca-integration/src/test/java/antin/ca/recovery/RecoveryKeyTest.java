package antin.ca.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import antin.ca.CaSettings;
import antin.ca.TestAuthority;
import antin.ca.enrol.MailKey;
import antin.ca.ledger.LedgerDatabase;
import antin.ca.ledger.RecoveryOpenings;
import antin.ca.recovery.KeyRecovery.Opening;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import antin.kernel.audit.AuditLog;
import antin.kernel.config.Settings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryKeyTest {

    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path home;

    @Test
    void opensEachApprovalOnceAndSoManyADayAndWritesAllOfItDown() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            TestAuthority.start(postgres.getPostgresDatabase(), home, Clock.systemUTC()).close();
            CaSettings settings = CaSettings.read(Settings.read(home.resolve("conf/ca.properties")));
            try (LedgerDatabase database = LedgerDatabase.open(postgres.getPostgresDatabase()); AuditLog audit = AuditLog.open(home.resolve("audit-of-test"), "ca", Clock.systemUTC())) {
                RecoveryKey key = new RecoveryKey(settings.recovery(), settings.recoveryCertificate(), new RecoveryOpenings(database), audit, Clock.systemUTC());
                byte[] pkcs8 = MailKey.make(random).pkcs8();
                byte[] envelope = Envelope.seal("100005", pkcs8, key.certificate(), random);
                assertThat(new String(envelope, StandardCharsets.ISO_8859_1)).doesNotContain("PRIVATE KEY");

                Opening first = opening(envelope, "100005", "100001", "100002");
                assertThat(key.open(first)).isEqualTo(pkcs8);
                assertThat(kind(key, first)).as("the same approval again").isEqualTo(Kind.LOCKED_OUT);
                assertThat(kind(key, opening(envelope, "100005", "100001", "100001"))).as("one person alone").isEqualTo(Kind.NOT_ALLOWED);
                assertThat(kind(key, opening(envelope, "100006", "100001", "100002"))).as("another owner's").isEqualTo(Kind.MALFORMED_DOCUMENT);
                byte[] changed = envelope.clone();
                changed[changed.length - 40] ^= 1;
                assertThat(kind(key, opening(changed, "100005", "100001", "100002"))).isEqualTo(Kind.MALFORMED_DOCUMENT);
                for (int used = 3; used < RecoveryKey.MOST_A_DAY; used++) {
                    key.open(opening(envelope, "100005", "100001", "100002"));
                }
                assertThat(kind(key, opening(envelope, "100005", "100001", "100002"))).as("one more").isEqualTo(Kind.LOCKED_OUT);
                assertThat(Files.readString(home.resolve("audit-of-test/ca.log"))).contains("\"act\":\"key.recover\"", "\"outcome\":\"begun\"", "\"outcome\":\"done\"", "\"outcome\":\"failed\"", "\"outcome\":\"refused\"");
            }
        }
    }

    @Test
    void opensForAnOperatorWithOpenssl() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            TestAuthority.start(postgres.getPostgresDatabase(), home, Clock.systemUTC()).close();
            CaSettings settings = CaSettings.read(Settings.read(home.resolve("conf/ca.properties")));
            byte[] pkcs8 = MailKey.make(random).pkcs8();
            Files.write(home.resolve("key.cms"), Envelope.seal("100005", pkcs8, settings.recovery().read().chain().getFirst(), random));
            Path pem = home.resolve("recovery.key.pem");
            run("openssl", "pkcs12", "-in", settings.recovery().file().toString(), "-passin", "pass:" + SecretFile.text(settings.recovery().passwordFile()), "-nodes", "-out", pem.toString());
            run("openssl", "cms", "-decrypt", "-inform", "DER", "-in", home.resolve("key.cms").toString(), "-inkey", pem.toString(), "-recip", settings.recoveryCertificate().toString(), "-out",
                home.resolve("key.txt").toString());
            assertThat(Files.readString(home.resolve("key.txt"))).startsWith("owner: 100005\n-----BEGIN PRIVATE KEY-----\n");
        }
    }

    private static Opening opening(byte[] envelope, String owner, String requester, String approver) {
        return new Opening(envelope, owner, UUID.randomUUID().toString(), requester, approver);
    }

    private static Kind kind(RecoveryKey key, Opening opening) {
        try {
            key.open(opening);
            throw new AssertionError("opened");
        } catch (Problem e) {
            return e.kind();
        }
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
