package antin.ca.ejbca;

import static org.assertj.core.api.Assertions.assertThat;

import antin.ca.ejbca.EjbcaSettings.Login;
import antin.ca.ejbca.TestEjbca.Answer;
import antin.kernel.SecretFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault is told in words, with what to do. */
class EjbcaDoctorTest {

    @TempDir
    Path folder;
    private TestEjbca ejbca;
    private boolean well;

    @BeforeEach
    void start() throws Exception {
        ejbca = new TestEjbca(folder, true);
        ejbca.crls = 1;
    }

    @AfterEach
    void stop() {
        ejbca.close();
    }

    @Test
    void findsNothingWrongAndIssuesNothing() {
        assertThat(examine(ejbca.settings(ejbca.clientCertificate()), false)).doesNotContain("wrong").contains("certificate profile \"SEAL\" for agency-seal", "--issue");
        assertThat(well).isTrue();
        assertThat(ejbca.enrolments()).isZero();
    }

    @Test
    void issuesAndRevokesOneForEachProfileWhenAsked() {
        assertThat(examine(ejbca.settings(ejbca.clientCertificate()), true)).contains("ok    issue and revoke for agency-seal", "ok    issue and revoke for person-signing");
        assertThat(ejbca.enrolments()).isEqualTo(2);
        assertThat(ejbca.calls.stream().filter(call -> call.contains("/revoke?reason=CESSATION_OF_OPERATION"))).hasSize(2);
    }

    @Test
    void revokesATestCertificateThatIsNotWhatWasAskedFor() {
        ejbca.otherSubject = "CN=Somebody else,C=VN";
        assertThat(examine(ejbca.settings(ejbca.clientCertificate()), true)).contains("wrong issue and revoke for agency-seal. EJBCA returned another certificate than was asked for: the subject");
        assertThat(ejbca.calls.stream().filter(call -> call.contains("/revoke?"))).hasSize(2);
    }

    @Test
    void tellsAnAddressWhereNobodyAnswers() {
        EjbcaSettings good = ejbca.settings(ejbca.clientCertificate());
        ejbca.close();
        assertThat(examine(good, false)).contains("wrong address", "start EJBCA");
        assertThat(examine(with(good, URI.create("https://no-such-host.invalid/ejbca/ejbca-rest-api")), false)).contains("Nobody knows the host no-such-host.invalid");
        assertThat(well).isFalse();
    }

    @Test
    void tellsAPathThatLeadsToNoRestApi() {
        EjbcaSettings good = ejbca.settings(ejbca.clientCertificate());
        ejbca.instead = call -> new Answer(404, "text/html", "<html>Not Found</html>");
        assertThat(examine(good, false)).contains("wrong TLS and REST API. There is no REST API of EJBCA at ejbca.url");
    }

    @Test
    void tellsAServerOfAnotherAuthority(@TempDir Path elsewhere) throws Exception {
        try (TestEjbca stranger = new TestEjbca(elsewhere, true)) {
            EjbcaSettings good = ejbca.settings(ejbca.clientCertificate());
            EjbcaSettings wrong = new EjbcaSettings(good.url(), good.authority(), good.endEntityProfile(), good.certificateProfiles(), elsewhere.resolve("root.pem"), good.anchorFile(), good.login());
            assertThat(examine(wrong, false)).contains("wrong TLS and REST API. TLS with EJBCA fails");
            // a client certificate of a stranger's is a TLS alert and no answer
            assertThat(examine(with(good, stranger.clientCertificate()), false)).contains("wrong TLS and REST API. TLS with EJBCA fails");
            EjbcaSettings otherRoot = new EjbcaSettings(good.url(), good.authority(), good.endEntityProfile(), good.certificateProfiles(), good.trustFile(), elsewhere.resolve("root.pem"), good.login());
            assertThat(examine(otherRoot, false)).contains("wrong chain", "ejbca.anchor-file");
        }
    }

    @Test
    void tellsAMissingFileAndAWrongToken(@TempDir Path elsewhere) throws Exception {
        EjbcaSettings good = ejbca.settings(ejbca.clientCertificate());
        Files.delete(folder.resolve("client.key"));
        assertThat(examine(good, false)).contains("wrong files", "client.key");
        try (TestEjbca open = new TestEjbca(elsewhere, false)) {
            open.crls = 1;
            assertThat(examine(open.settings(open.bearerToken()), false)).doesNotContain("wrong");
            SecretFile.write(elsewhere.resolve("token"), "garbage");
            assertThat(examine(open.settings(open.bearerToken()), false)).contains("wrong login", "token of ejbca.token-file");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        403 | Administrator is not authorized to resource /administrator. Msg: . | gives us no right
        403 | Authentication failed. Further information: No admin authenticated for certificate with serialNumber 1764380825923731. | does not know us
        500 | General failure. | EJBCA failed
        """)
    void tellsALoginThatIsRefused(int status, String message, String words) {
        ejbca.instead = call -> call.equals("GET /v1/ca") ? Answer.json(status, message) : null;
        assertThat(examine(ejbca.settings(ejbca.clientCertificate()), false)).contains("wrong login", words);
    }

    @Test
    void tellsAnAuthorityThatIsNotShownAndWhichAre() {
        ejbca.instead = call -> call.equals("GET /v1/ca") ? new Answer(200, "application/json", "{\"certificate_authorities\":[{\"name\":\"ManagementCA\",\"subject_dn\":\"CN=M\"}]}") : null;
        assertThat(examine(ejbca.settings(ejbca.clientCertificate()), false)).contains("EJBCA shows: ManagementCA");
        ejbca.instead = call -> call.equals("GET /v1/ca") ? new Answer(200, "application/json", "{\"certificate_authorities\":[]}") : null;
        assertThat(examine(ejbca.settings(ejbca.clientCertificate()), false)).contains("belongs to no role");
    }

    @Test
    void tellsUnknownProfilesAndAMissingCrl() {
        EjbcaSettings good = ejbca.settings(ejbca.clientCertificate());
        ejbca.crls = 0;
        EjbcaSettings wrong = new EjbcaSettings(good.url(), good.authority(), "NOPE", Map.of("agency-seal", "Nope"), good.trustFile(), good.anchorFile(), good.login());
        assertThat(examine(wrong, true)).contains("wrong end entity profile \"NOPE\"", "wrong certificate profile \"Nope\" for agency-seal", "wrong CRL");
        assertThat(ejbca.enrolments()).isZero();
    }

    @Test
    void tellsThatTheProtocolIsSwitchedOff() {
        ejbca.instead = call -> new Answer(403, "text/html;charset=UTF-8", "<html><body>This service has been disabled.</body></html>");
        assertThat(examine(ejbca.settings(ejbca.clientCertificate()), false)).contains("switched off");
    }

    @Test
    void tellsWhichOfTheTwoProtocolsIsSwitchedOff() {
        ejbca.instead = call -> call.contains(" /v2/") ? new Answer(403, "text/html;charset=UTF-8", "<html><body>This service has been disabled.</body></html>") : null;
        assertThat(examine(ejbca.settings(ejbca.clientCertificate()), false)).contains("wrong end entity profile \"STAFF\". EJBCA's REST API is switched off: enable \"REST Certificate Management V2\"");
    }

    @Test
    void tellsAnAuthorityThatIsOffline() {
        ejbca.instead = call -> call.endsWith("/pkcs10enroll") ? Answer.json(400, "CA token is offline for CA 'CN=Issuing CA G1'.") : null;
        assertThat(examine(ejbca.settings(ejbca.clientCertificate()), true)).contains("wrong issue and revoke for agency-seal. The certification authority is off-line at EJBCA. It must be activated there.");
    }

    @Test
    void tellsAnAdministratorWhoseCertificateWasRevoked() {
        ejbca.instead = call -> call.endsWith("/status") ? null : Answer.json(403, "Authentication failed. Further information: No admin authenticated for certificate with serialNumber 1764380825923731.");
        assertThat(examine(ejbca.settings(ejbca.clientCertificate()), false)).contains("wrong login", "does not know us");
    }

    @Test
    void tellsAClientCertificateThatEnded() {
        EjbcaSettings good = ejbca.settings(ejbca.clientCertificate());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new EjbcaDoctor(good, new PrintStream(bytes, true, StandardCharsets.UTF_8), Clock.offset(Clock.systemUTC(), Duration.ofDays(60))).examine(false);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("wrong files", "ejbca.chain-file ended on", "Get a new one from EJBCA");
    }

    @Test
    void tellsAPortThatSpeaksNoTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 10, InetAddress.getByName("localhost"))) {
            Thread.ofVirtual().start(() -> answerInClear(plain));
            EjbcaSettings good = ejbca.settings(ejbca.clientCertificate());
            assertThat(examine(with(good, URI.create("https://localhost:" + plain.getLocalPort() + "/ejbca/ejbca-rest-api")), false)).contains("wrong TLS and REST API", "the port may speak no TLS");
        }
    }

    private static void answerInClear(ServerSocket plain) {
        while (!plain.isClosed()) {
            try (Socket caller = plain.accept()) {
                caller.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                caller.getOutputStream().flush();
                caller.shutdownOutput();
                caller.getInputStream().readAllBytes();
            } catch (IOException e) {
                continue; // it hung up, as whoever only looks does
            }
        }
    }

    @Test
    void tellsApprovalsThatStandInTheWay() {
        ejbca.instead = call -> call.endsWith("/pkcs10enroll") ? Answer.json(400, "Single transaction enrollment request rejected since approvals are enabled for this CA (1) or Certificate Profile (2).") : null;
        assertThat(examine(ejbca.settings(ejbca.clientCertificate()), true)).contains("Approvals are on");
    }

    @Test
    void readsTheSettingsOfBackbone() throws Exception {
        EjbcaSettings good = ejbca.settings(ejbca.clientCertificate());
        Path conf = Files.createDirectories(folder.resolve("conf")).resolve("backbone.properties");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            Files.writeString(conf, "port=8440\n");
            assertThat(EjbcaDoctorMain.run(List.of(conf.toString()), out, Clock.systemUTC())).isOne();
            assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("No EJBCA is configured");
            Files.writeString(conf, "port=8440\nejbca.url=" + good.url() + "\nejbca.authority=" + TestEjbca.AUTHORITY + "\nejbca.end-entity-profile=STAFF\nejbca.certificate-profile.agency-seal=SEAL\n"
                + "ejbca.trust-file=root.pem\nejbca.anchor-file=root.pem\nejbca.key-file=client.key\nejbca.chain-file=client.pem\n");
            assertThat(EjbcaDoctorMain.run(List.of(conf.toString()), out, Clock.systemUTC())).isZero();
            assertThat(EjbcaDoctorMain.run(List.of(conf.toString(), "--isue"), out, Clock.systemUTC())).isEqualTo(2);
        }
    }

    private String examine(EjbcaSettings settings, boolean issue) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        well = new EjbcaDoctor(settings, new PrintStream(bytes, true, StandardCharsets.UTF_8), Clock.systemUTC()).examine(issue);
        String said = bytes.toString(StandardCharsets.UTF_8);
        assertThat(said).doesNotContain("Exception", "java.");
        assertThat(said.contains("  wrong ")).isNotEqualTo(well);
        return said;
    }

    private static EjbcaSettings with(EjbcaSettings good, URI url) {
        return new EjbcaSettings(url, good.authority(), good.endEntityProfile(), good.certificateProfiles(), good.trustFile(), good.anchorFile(), good.login());
    }

    private static EjbcaSettings with(EjbcaSettings good, Login login) {
        return new EjbcaSettings(good.url(), good.authority(), good.endEntityProfile(), good.certificateProfiles(), good.trustFile(), good.anchorFile(), login);
    }
}
