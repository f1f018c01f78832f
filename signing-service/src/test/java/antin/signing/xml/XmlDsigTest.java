package antin.signing.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.tls.PemFile;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.WorkFolder;
import antin.signing.dss.CheckCertificate;
import antin.signing.dss.DssValidation;
import antin.signing.dss.EtsiXml;
import antin.signing.dss.EtsiXml;
import antin.signing.dss.Trust;
import antin.signing.signature.Document;
import antin.signing.signature.Packaging;
import antin.signing.signature.Particulars;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.Coverage;
import antin.signing.trust.TrustSettings;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmlDsigTest {

    private static final TestPki PKI = new TestPki();
    private static final TestKey RSA = TestKey.rsa(PKI);
    private static final TestKey EC = TestKey.ec(PKI);
    private static final String PLAIN = "<?xml version=\"1.0\"?>\n<vanBan><noiDung>Bổ nhiệm ông Nguyễn Văn A</noiDung>\n</vanBan>";
    private static final String SPACED = "<e:edXML xmlns:e=\"urn:example:edxml\" xmlns:x=\"urn:example:other\"><e:header Id=\"tieu-de\"><x:so a=\"1\" x:b=\"&amp;\">12/QĐ</x:so></e:header>"
        + "<e:body Id=\"than\">Nội dung</e:body></e:edXML>";

    @TempDir
    private static Path folder;
    private static WorkFolder work;
    private static XmlDsigFormat format;
    private static XmlDsigValidation validation;

    @BeforeAll
    static void start() throws IOException, java.security.GeneralSecurityException {
        work = WorkFolder.open(folder.resolve("work"));
        Trust trust = new Trust(TrustSettings.of(List.of(PKI.root.certificate()), PKI.url(), folder.resolve("no-lists")), Clock.systemUTC());
        format = new XmlDsigFormat(work);
        validation = new XmlDsigValidation(new DssValidation(trust, work), new CheckCertificate(trust, Clock.systemUTC()), EtsiXml::of);
        Files.writeString(folder.resolve("root.pem"), PemFile.encode(List.of(PKI.root.certificate())));
        Files.writeString(folder.resolve("issuing.pem"), PemFile.encode(List.of(PKI.issuing.certificate())));
    }

    @AfterAll
    static void stop() {
        PKI.close();
    }

    @ParameterizedTest
    @EnumSource
    void signsWithEachAlgorithm(SignatureAlgorithm algorithm) throws Exception {
        for (String xml : List.of(PLAIN, SPACED)) {
            for (Packaging packaging : format.packagings()) {
                byte[] signed = sign(xml, packaging, null, algorithm, keyOf(algorithm));
                ValidationReport report = validate(signed);
                assertThat(report.signatures()).hasSize(1);
                assertThat(report.conclusion()).as(report.toString()).isEqualTo(Conclusion.VALID);
                assertThat(report.signatures().getFirst().covers()).isEqualTo(Coverage.WHOLE);
                assertThat(java.util.Objects.requireNonNull(report.signatures().getFirst().signer()).unit()).isEqualTo("ubnd-tp");
                if (!algorithm.isPss()) {
                    assertThat(xmlsec1(signed)).as(packaging.name()).startsWith("OK");
                }
            }
        }
    }

    @Test
    void signsOneElementAndLeavesTheRestFree() throws Exception {
        byte[] signed = sign(SPACED, Packaging.ENVELOPED, "tieu-de", SignatureAlgorithm.ECDSA_SHA256, EC);
        assertThat(validate(signed).conclusion()).isEqualTo(Conclusion.VALID);
        assertThat(validate(signed).signatures().getFirst().covers()).isEqualTo(Coverage.PART);
        assertThat(xmlsec1(signed, "--id-attr:Id", "urn:example:edxml:header")).startsWith("OK");
        assertThat(validate(changed(signed, "Nội dung", "Khác")).conclusion()).isEqualTo(Conclusion.VALID);
        assertThat(validate(changed(signed, "12/QĐ", "13/QĐ")).signatures().getFirst().subIndication()).isEqualTo("HASH_FAILURE");
        byte[] twice = sign(new String(signed, StandardCharsets.UTF_8), Packaging.ENVELOPED, "than", SignatureAlgorithm.RSA_SHA256, RSA);
        assertThat(validate(twice).signatures()).hasSize(2);
        assertThat(validate(twice).conclusion()).isEqualTo(Conclusion.VALID);
    }

    @Test
    void seesOneChangedLetterAndAnotherValue() {
        byte[] signed = sign(PLAIN, Packaging.ENVELOPED, null, SignatureAlgorithm.RSA_PSS_SHA256, RSA);
        assertThat(validate(changed(signed, "Văn A", "Văn B")).signatures().getFirst().subIndication()).isEqualTo("HASH_FAILURE");
        String text = new String(signed, StandardCharsets.UTF_8);
        int at = text.indexOf("SignatureValue>") + 40;
        byte[] other = (text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1)).getBytes(StandardCharsets.UTF_8);
        assertThat(validate(other).signatures().getFirst().subIndication()).isEqualTo("SIG_CRYPTO_FAILURE");
    }

    /** The signed element is moved to where nobody looks, and another stands in its place. */
    @Test
    void doesNotTakeAWrappedElementForTheSignedOne() {
        String signed = new String(sign(SPACED, Packaging.ENVELOPED, "tieu-de", SignatureAlgorithm.ECDSA_SHA256, EC), StandardCharsets.UTF_8);
        String header = signed.substring(signed.indexOf("<e:header"), signed.indexOf("</e:header>") + "</e:header>".length());
        String forged = signed.replace(header, header.replace("12/QĐ", "99/QĐ") + "<x:other>" + header + "</x:other>");
        assertThat(validate(forged.getBytes(StandardCharsets.UTF_8)).conclusion()).isEqualTo(Conclusion.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://www.w3.org/TR/1999/REC-xslt-19991116", "http://www.w3.org/TR/1999/REC-xpath-19991116", "http://www.w3.org/2002/06/xmldsig-filter2"})
    void computesNothingThatADocumentAsksFor(String transform) {
        byte[] signed = sign(PLAIN, Packaging.ENVELOPED, null, SignatureAlgorithm.ECDSA_SHA256, EC);
        assertThat(validate(changed(signed, "http://www.w3.org/2000/09/xmldsig#enveloped-signature", transform)).signatures().getFirst().subIndication()).isEqualTo("FORMAT_FAILURE");
        assertThat(validate(changed(signed, "URI=\"\"", "URI=\"http://127.0.0.1:1/\"")).signatures().getFirst().subIndication()).isEqualTo("FORMAT_FAILURE");
    }

    @Test
    void doesNotBelieveAStrangersOrARevokedCertificate() {
        TestKey key = TestKey.ec(PKI);
        byte[] signed = sign(PLAIN, Packaging.ENVELOPED, null, SignatureAlgorithm.ECDSA_SHA256, key);
        PKI.revoked.put(key.certificate().getSerialNumber(), Instant.now());
        assertThat(validate(signed).conclusion()).isEqualTo(Conclusion.INDETERMINATE);
        try (TestPki others = new TestPki()) {
            byte[] strange = sign(PLAIN, Packaging.ENVELOPED, null, SignatureAlgorithm.ECDSA_SHA256, TestKey.ec(others));
            assertThat(validate(strange).conclusion()).isEqualTo(Conclusion.INDETERMINATE);
        }
    }

    @Test
    void refusesWhatItCannotSign() {
        byte[] whole = sign(PLAIN, Packaging.ENVELOPED, null, SignatureAlgorithm.ECDSA_SHA256, EC);
        refused(Kind.SIGNATURE_FORBIDDEN, new String(whole, StandardCharsets.UTF_8), null);
        refused(Kind.MALFORMED_DOCUMENT, SPACED, "khong-co");
        refused(Kind.MALFORMED_DOCUMENT, "<a><b Id=\"x\"/><c ID=\"x\"/></a>", "x");
        refused(Kind.MALFORMED_DOCUMENT, "<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>", null);
        assertThatThrownBy(() -> format.prepare(request(PLAIN, SignatureLevel.T, null, SignatureAlgorithm.ECDSA_SHA256, EC, Packaging.ENVELOPED)))
            .isInstanceOf(Problem.class).hasMessageContaining("level B");
        try (PreparedSignature prepared = format.prepare(request(PLAIN, SignatureLevel.B, null, SignatureAlgorithm.ECDSA_SHA256, EC, Packaging.ENVELOPED))) {
            byte[] other = TestKey.ec(PKI).sign(SignatureAlgorithm.ECDSA_SHA256, prepared.toBeSigned());
            assertThatThrownBy(() -> prepared.complete(other)).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Kind.SIGNATURE_MISMATCH));
        }
    }

    private static void refused(Kind kind, String xml, @Nullable String element) {
        assertThatThrownBy(() -> sign(xml, Packaging.ENVELOPED, element, SignatureAlgorithm.ECDSA_SHA256, EC))
            .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).as(problem.detail()).isEqualTo(kind));
    }

    private static TestKey keyOf(SignatureAlgorithm algorithm) {
        return algorithm.keyAlgorithm().equals("EC") ? EC : RSA;
    }

    private static byte[] changed(byte[] signed, String one, String other) {
        String text = new String(signed, StandardCharsets.UTF_8);
        assertThat(text).contains(one);
        return text.replace(one, other).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sign(String xml, Packaging packaging, @Nullable String element, SignatureAlgorithm algorithm, TestKey key) {
        try (PreparedSignature prepared = format.prepare(request(xml, SignatureLevel.B, element, algorithm, key, packaging))) {
            return Files.readAllBytes(prepared.complete(key.sign(algorithm, prepared.toBeSigned())).file());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static SignatureRequest request(String xml, SignatureLevel level, @Nullable String element, SignatureAlgorithm algorithm, TestKey key, Packaging packaging) {
        return new SignatureRequest(document(xml.getBytes(StandardCharsets.UTF_8)), level, packaging, algorithm, key.chain(), Instant.now(), null, null,
            new Particulars(null, null, null, element));
    }

    private static ValidationReport validate(byte[] signed) {
        return validation.validate(document(signed), List.of());
    }

    private static Document document(byte[] octets) {
        try {
            return new Document(Files.write(work.newFile(), octets), "a.xml", octets.length, "");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String xmlsec1(byte[] signed, String... more) throws IOException, InterruptedException {
        assumeTrue(Stream.of(System.getenv("PATH").split(File.pathSeparator)).anyMatch(path -> Files.isExecutable(Path.of(path, "xmlsec1"))), "xmlsec1 is not installed");
        Path file = Files.write(folder.resolve("signed.xml"), signed);
        List<String> command = new java.util.ArrayList<>(List.of("xmlsec1", "--verify", "--id-attr:Id", "http://www.w3.org/2000/09/xmldsig#:Object",
            "--trusted-pem", folder.resolve("root.pem").toString(), "--untrusted-pem", folder.resolve("issuing.pem").toString()));
        command.addAll(List.of(more));
        command.add(file.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
