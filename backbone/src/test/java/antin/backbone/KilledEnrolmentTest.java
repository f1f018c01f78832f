package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.backbone.EnrolProcess.Step;
import antin.backbone.enrolment.Enrol;
import antin.backbone.enrolment.Enrolled;
import antin.backbone.enrolment.EnrolledRows;
import antin.backbone.enrolment.EnrolmentUpkeep;
import antin.backbone.enrolment.MailCertificates;
import antin.backbone.enrolment.Owner;
import antin.ca.CertificateSearch.Query;
import antin.ca.enrol.RequestId;
import antin.ca.remote.RemoteCertificateAuthority;
import antin.directory.ldap.LdapDirectory;
import antin.kernel.audit.AuditLog;
import antin.otp.login.Activity;
import antin.otp.login.Outcomes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A certificate that was asked for is there once, wherever the process that asked is killed; what was not kept was not asked for. */
class KilledEnrolmentTest {

    private static final String PERSON = "100014";

    private final TestBackbone backbone = TestBackbone.shared();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Step.class)
    void issuesOnceAndLosesNothing(Step step) throws Exception {
        KeyPair keys = TestPkcs10.ec("secp256r1");
        Files.write(folder.resolve("request.der"), TestPkcs10.of(keys, "SHA256withECDSA"));
        assertThat(run(step)).as(output()).isEqualTo(step == Step.NEVER ? 0 : EnrolProcess.KILLED);
        assertThat(rows(keys)).as("kept before the authority hears of it").hasSize(step == Step.INTENDED ? 0 : 1);
        assertThat(ledger(keys)).hasSize(step == Step.INTENDED || step == Step.BEFORE_ISSUING ? 0 : 1);

        upkeep();
        Optional<X509Certificate> made = ledger(keys).stream().findFirst();
        assertThat(made.isPresent()).as("what was kept is met").isEqualTo(step != Step.INTENDED);
        assertThat(run(Step.NEVER)).as("its owner asks again: %s", output()).isZero();
        upkeep();
        assertThat(ledger(keys)).as("issued once").hasSize(1);
        made.ifPresent(certificate -> assertThat(ledger(keys)).containsExactly(certificate));
        assertThat(rows(keys)).hasSize(1).allMatch(row -> row.state() == Enrolled.State.ISSUED).allMatch(row -> row.issued().orElseThrow().certificates().getFirst().equals(ledger(keys).getFirst()));
        try (LdapDirectory directory = LdapDirectory.connect(backbone.directory.settings(), backbone.directory.backbone())) {
            byte[] wanted = ledger(keys).getFirst().getEncoded();
            assertThat(directory.register().certificates(PERSON).stream().filter(listed -> Arrays.equals(listed, wanted))).as("in the directory once").hasSize(1);
        }
    }

    private int run(Step step) throws Exception {
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx128m", "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            EnrolProcess.class.getName(), step.name(), url(), Integer.toString(backbone.ca.port), backbone.directory.internalFolder().toString(), folder.resolve("request.der").toString(), PERSON,
            Integer.toString(backbone.directory.ldapsPort()), backbone.directory.rootFile().toString(), Files.createTempDirectory(folder, "audit").toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out").toFile())).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output()).isTrue();
        return process.exitValue();
    }

    /** One round of the process that is started next, minutes later. */
    private void upkeep() throws Exception {
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5));
        DriverManagerDataSource database = new DriverManagerDataSource(url());
        JdbcClient client = JdbcClient.create(database);
        EnrolledRows rows = new EnrolledRows(client, later);
        try (RemoteCertificateAuthority ca = authority(); LdapDirectory directory = LdapDirectory.connect(backbone.directory.settings(), backbone.directory.backbone());
             AuditLog audit = AuditLog.open(Files.createTempDirectory(folder, "audit"), "upkeep", later)) {
            MailCertificates mail = new MailCertificates(rows, directory.register());
            Outcomes outcomes = new Outcomes(audit, new SimpleMeterRegistry(), new Activity(client, later));
            new EnrolmentUpkeep(rows, new Enrol(rows, ca, mail, new TransactionTemplate(new JdbcTransactionManager(database)), outcomes, later), mail, List.of(), later).work();
        }
    }

    private List<Enrolled> rows(KeyPair keys) {
        String id = RequestId.ofKey("mail-signing", keys.getPublic());
        return new EnrolledRows(JdbcClient.create(new DriverManagerDataSource(url())), Clock.systemUTC()).of(Owner.person(PERSON)).stream().filter(row -> row.requestId().equals(id)).toList();
    }

    private List<X509Certificate> ledger(KeyPair keys) {
        try (RemoteCertificateAuthority ca = authority()) {
            return ca.find(Query.ALL.subject("Người thử"), 200, Optional.empty()).found().stream().map(found -> found.certificate()).filter(found -> found.getPublicKey().equals(keys.getPublic())).toList();
        }
    }

    private RemoteCertificateAuthority authority() {
        return new RemoteCertificateAuthority(URI.create("https://localhost:" + backbone.ca.port), backbone.directory.backbone());
    }

    private String url() {
        return backbone.postgres.getJdbcUrl("postgres", "postgres");
    }

    private String output() throws Exception {
        Path out = folder.resolve("out");
        return Files.exists(out) ? Files.readString(out) : "";
    }
}
