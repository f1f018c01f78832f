package antin.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import antin.kernel.tls.PemFile;
import antin.signing.TestClient.Part;
import antin.signing.seal.Seals;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;

/** A validation's report in the forms that the Accept header may ask for. */
class ReportsTest {

    private static final TestService SERVICE = TestService.shared();
    private static final String VR = "http://uri.etsi.org/19102/v1.4.1#";
    private final TestClient client = new TestClient(SERVICE);

    @TempDir
    private Path folder;

    @Test
    void givesEtsisReportToWhoAsksForXml() throws Exception {
        byte[] sealed = sealed();
        HttpResponse<byte[]> answer = validate("application/xml", sealed);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/xml");
        assertThat(indications(answer)).containsExactly("urn:etsi:019102:mainindication:total-passed");
        sealed[500] ^= 1;
        assertThat(indications(validate("application/xml", sealed))).containsExactly("urn:etsi:019102:mainindication:total-failed");
        byte[] dsig = client.seal("{\"key\":\"sample-seal-ec\",\"format\":\"XMLDSig\"}", TestDocuments.xml().getBytes(StandardCharsets.UTF_8), "a.xml").body();
        assertThat(indications(validate("application/xml", dsig))).as("no XAdES").containsExactly("urn:etsi:019102:mainindication:total-passed");
        String changed = new String(dsig, StandardCharsets.UTF_8).replace("Văn A", "Văn B");
        assertThat(indications(validate("application/xml", changed.getBytes(StandardCharsets.UTF_8)))).containsExactly("urn:etsi:019102:mainindication:total-failed");
    }

    @Test
    void givesJsonToWhoAsksForNothingOrLikesItBetter() {
        byte[] sealed = sealed();
        for (String accept : List.of("*/*", "application/json", "application/pdf;q=0.5, application/json", "application/*;q=0.9, application/pdf;q=0")) {
            assertThat(TestClient.json(validate(accept, sealed)).get("conclusion").asString()).as(accept).isEqualTo("valid");
        }
        JsonNode signature = TestClient.json(validate("application/json", sealed)).get("signatures").get(0);
        assertThat(signature.get("provenBy").asString()).isNotBlank();
        assertThat(validate("image/png", sealed).statusCode()).isEqualTo(406);
        HttpResponse<byte[]> broken = validate("application/xml", new byte[] {1});
        assertThat(broken.statusCode()).isEqualTo(422);
        assertThat(broken.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void givesASealedReportToPrint() throws Exception {
        HttpResponse<byte[]> answer = validate("application/pdf", sealed());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"validation-report.pdf\"");
        JsonNode own = TestClient.json(client.validate(answer.body()));
        assertThat(own.get("conclusion").asString()).isEqualTo("valid");
        assertThat(own.get("signatures").get(0).get("format").asString()).isEqualTo("PAdES-BASELINE-LT");
        assertThat(own.get("signatures").get(0).get("covers").asString()).isEqualTo("whole");
        Path file = Files.write(folder.resolve("report.pdf"), answer.body());
        assertThat(faults(file)).isEmpty();
        assertThat(SERVICE.auditLog().lines().filter(line -> line.contains("\"who\":\"validation-report\"")).reduce("", String::concat))
            .containsSubsequence("\"act\":\"key.use\",\"outcome\":\"begun\"", "\"x-key\":\"sample-seal\"", "\"act\":\"key.use\",\"outcome\":\"done\"");
        assertThat(run("pdftotext", file.toString(), "-")).contains("Báo cáo kiểm tra chữ ký số", "Hợp lệ", "tài liệu.pdf", "Đơn vị sample-seal");
        Path root = folder.resolve("root.pem");
        Files.writeString(root, PemFile.encode(List.of(SERVICE.pki.root.certificate())));
        run("certutil", "-N", "-d", "sql:" + folder, "--empty-password");
        run("certutil", "-A", "-d", "sql:" + folder, "-n", "root", "-t", "C,C,C", "-i", root.toString());
        assertThat(run("pdfsig", "-nssdir", folder.toString(), "-no-ocsp", file.toString())).contains("Signature is Valid.", "Certificate is Trusted.");
    }

    @Test
    void forgetsItsOwnSealsAfterADay() {
        validate("application/pdf", sealed());
        JdbcClient database = JdbcClient.create(SERVICE.postgres.getPostgresDatabase());
        assertThat(database.sql("UPDATE seal SET begun = begun - INTERVAL '25 hours' WHERE client = 'validation-report'").update()).isPositive();
        new Seals(database, new TransactionTemplate(new DataSourceTransactionManager(SERVICE.postgres.getPostgresDatabase())), Clock.systemUTC()).sweep();
        assertThat(database.sql("SELECT count(*) FROM seal WHERE client = 'validation-report'").query(Integer.class).single()).isZero();
        assertThat(database.sql("SELECT count(*) FROM seal").query(Integer.class).single()).isPositive();
    }

    @Test
    void saysWhyNotInTheReportToPrint() throws Exception {
        byte[] sealed = sealed();
        sealed[500] ^= 1;
        Path file = Files.write(folder.resolve("report.pdf"), validate("application/pdf", sealed).body());
        assertThat(run("pdftotext", file.toString(), "-")).contains("Không hợp lệ", "Nội dung đã bị thay đổi sau khi ký.", "Đơn vị sample-seal-ec (ghi trong chứng thư, chưa được xác nhận)").doesNotContain("?");
    }

    @Test
    void givesNoReportToPrintWhereNoKeySealsIt() throws Exception {
        Path file = SERVICE.home.resolve("conf/signing-service.properties");
        String settings = Files.readString(file);
        byte[] sealed = sealed();
        SERVICE.stop();
        try {
            Files.writeString(file, settings.replace("report-key=sample-seal\n", "validation-page=false\n"));
            SERVICE.start();
            HttpResponse<byte[]> answer = validate("application/pdf", sealed);
            assertThat(answer.statusCode()).isEqualTo(406);
            assertThat(TestClient.json(answer).get("detail").asString()).contains("report-key");
            assertThat(TestClient.json(validate("application/pdf, application/json;q=0.1", sealed)).get("conclusion").asString()).isEqualTo("valid");
            assertThat(client.send(client.request("/validate", "")).statusCode()).as("nor a page where it is switched off").isEqualTo(404);
            SERVICE.stop();
        } finally {
            Files.writeString(file, settings);
            SERVICE.start();
        }
    }

    private byte[] sealed() {
        HttpResponse<byte[]> answer = client.seal("{\"key\":\"sample-seal-ec\",\"format\":\"PAdES\",\"level\":\"T\"}", TestDocuments.pdf(5_000), "a.pdf");
        assertThat(answer.statusCode()).isEqualTo(201);
        return answer.body();
    }

    private HttpResponse<byte[]> validate(String accept, byte[] document) {
        return client.post("/v1/validations", client.token(), new String[] {"Accept", accept}, new Part("document", "tài liệu.pdf", document));
    }

    private static List<String> indications(HttpResponse<byte[]> answer) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document report = factory.newDocumentBuilder().parse(new ByteArrayInputStream(answer.body()));
        assertThat(report.getDocumentElement().getNamespaceURI()).isEqualTo(VR);
        NodeList found = report.getElementsByTagNameNS(VR, "MainIndication");
        return IntStream.range(0, found.getLength()).mapToObj(found::item).filter(ReportsTest::isOfSignature).map(Node::getTextContent).toList();
    }

    /** Not of a time stamp or a certificate, which the report judges too. */
    private static boolean isOfSignature(Node indication) {
        return indication.getParentNode().getParentNode().getParentNode().isSameNode(indication.getOwnerDocument().getDocumentElement());
    }

    private static List<String> faults(Path pdf) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(pdf.toFile());
             PDFAValidator validator = Foundries.defaultInstance().createValidator(parser.getFlavour(), 20, false, false, false)) {
            return validator.validate(parser).getTestAssertions().stream().map(one -> one.getRuleId().getClause() + " " + one.getMessage()).toList();
        }
    }

    static String run(String... command) throws InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said;
        } catch (IOException e) {
            System.err.println("SKIPPED: the program " + command[0] + " is not installed, so that our output was not read by it.");
            assumeTrue(false, command[0] + " is not installed");
            throw new IllegalStateException(e);
        }
    }
}
