package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.tls.PemFile;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.signature.Document;
import antin.signing.signature.Layout;
import antin.signing.signature.Layout.Colour;
import antin.signing.signature.Layout.Place;
import antin.signing.signature.Packaging;
import antin.signing.signature.Particulars;
import antin.signing.signature.Password;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.SignatureReport;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;

/** Documents of other producers (src/test/resources/corpus), each way, held to our validation and to every reader that knows the format. */
class CorpusTest {

    private static final TestPki PKI = new TestPki();
    private static final TestKey RSA = TestKey.rsa(PKI);
    private static final TestKey EC = TestKey.ec(PKI);
    private static final TestSigning SIGNING = new TestSigning(PKI);
    private static final Path CORPUS = Path.of("src/test/resources/corpus");
    private static final String PASSWORD = "mo";
    private static final String XADES = "http://uri.etsi.org/01903/v1.3.2#";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void writeTrust() throws IOException, GeneralSecurityException {
        Files.writeString(folder.resolve("root.pem"), PemFile.encode(List.of(PKI.root.certificate())));
        Files.writeString(folder.resolve("issuing.pem"), PemFile.encode(List.of(PKI.issuing.certificate())));
        VeraGreenfieldFoundryProvider.initialise();
    }

    @AfterAll
    static void stop() {
        PKI.close();
    }

    static Stream<Arguments> pdfs() {
        return files(".pdf").flatMap(name -> Stream.of(SignatureLevel.B, SignatureLevel.LTA).map(level -> Arguments.of(name, level)));
    }

    @ParameterizedTest
    @MethodSource("pdfs")
    void signsEachPdf(String name, SignatureLevel level) throws Exception {
        signPdf(name, level, level == SignatureLevel.B ? SignatureAlgorithm.ECDSA_SHA256 : SignatureAlgorithm.RSA_PSS_SHA256);
    }

    static Stream<Arguments> everyPdf() {
        return files(".pdf").flatMap(name -> Arrays.stream(SignatureLevel.values()).flatMap(level -> Arrays.stream(SignatureAlgorithm.values())
            .map(algorithm -> Arguments.of(name, level, algorithm))));
    }

    @ParameterizedTest
    @MethodSource("everyPdf")
    @EnabledIfSystemProperty(named = "antin.soak", matches = "formats")
    void signsEachPdfEachWay(String name, SignatureLevel level, SignatureAlgorithm algorithm) throws Exception {
        signPdf(name, level, algorithm);
    }

    @ParameterizedTest
    @ValueSource(strings = {"libreoffice-pdfa-1a.pdf", "libreoffice-pdfa-2b.pdf"})
    void keepsPdfAWithPictureAndText(String name) throws Exception {
        Layout layout = new Layout(new Place(1, 110, 200, 60, 30), "Số: 12/QĐ-UBND\nNgày ký: 2026-11-23", 10, Colour.RED, PdfOptionsTest.png(Color.RED));
        byte[] signed = sign(SIGNING.pades, document(name), SignatureLevel.LTA, Packaging.ENVELOPED, SignatureAlgorithm.RSA_PSS_SHA256, new Particulars(null, null, layout, null));
        assertThat(faults(signed)).isEmpty();
    }

    static Stream<Arguments> otherFormats() {
        return SIGNING.formats.stream().filter(format -> !format.name().equals("PAdES")).flatMap(format -> format.packagings().stream()
            .filter(packaging -> packaging != Packaging.ENVELOPED).flatMap(packaging -> Arrays.stream(SignatureLevel.values()).map(level -> Arguments.of("libreoffice.pdf", format.name(), packaging, level))));
    }

    @ParameterizedTest
    @MethodSource("otherFormats")
    void signsAPdfAsAnyFile(String name, String format, Packaging packaging, SignatureLevel level) throws Exception {
        signAny(name, format, packaging, level, SignatureAlgorithm.RSA_PSS_SHA256);
    }

    static Stream<Arguments> everyOther() {
        return files(".pdf").flatMap(name -> otherFormats().flatMap(way -> Stream.of(SignatureAlgorithm.RSA_PSS_SHA256, SignatureAlgorithm.RSA_SHA256, SignatureAlgorithm.ECDSA_SHA256)
            .map(algorithm -> Arguments.of(name, way.get()[1], way.get()[2], way.get()[3], algorithm))));
    }

    @ParameterizedTest
    @MethodSource("everyOther")
    @EnabledIfSystemProperty(named = "antin.soak", matches = "formats")
    void signsEachPdfAsAnyFile(String name, String format, Packaging packaging, SignatureLevel level, SignatureAlgorithm algorithm) throws Exception {
        signAny(name, format, packaging, level, algorithm);
    }

    static Stream<Arguments> xmls() {
        return files(".xml").flatMap(name -> Stream.of(Packaging.ENVELOPED, Packaging.ENVELOPING).flatMap(packaging -> Arrays.stream(SignatureLevel.values())
            .map(level -> Arguments.of(name, packaging, level))));
    }

    @ParameterizedTest
    @MethodSource("xmls")
    void signsEachXml(String name, Packaging packaging, SignatureLevel level) throws Exception {
        for (SignatureAlgorithm algorithm : List.of(SignatureAlgorithm.ECDSA_SHA256, SignatureAlgorithm.RSA_SHA256, SignatureAlgorithm.RSA_PSS_SHA256)) {
            byte[] signed = sign(SIGNING.xades, document(name), level, packaging, algorithm, Particulars.NONE);
            assertThat(SIGNING.validate(signed).conclusion()).isEqualTo(Conclusion.VALID);
            if (algorithm.isPss()) {
                assertThat(OtherReadersTest.bySantuario(signed, RSA.certificate())).isTrue();
            } else {
                assertThat(run("xmlsec1", "--verify", "--id-attr:Id", XADES + ":SignedProperties", "--id-attr:Id", "http://www.w3.org/2000/09/xmldsig#:Object", "--trusted-pem",
                    folder.resolve("root.pem").toString(), "--untrusted-pem", folder.resolve("issuing.pem").toString(), write("a.xml", signed))).startsWith("OK");
            }
        }
    }

    private static void signPdf(String name, SignatureLevel level, SignatureAlgorithm algorithm) throws Exception {
        Document document = document(name);
        byte[] signed = sign(SIGNING.pades, document, level, Packaging.ENVELOPED, algorithm, Particulars.NONE);
        byte[] before = TestSigning.bytes(document.file());
        assertThat(Arrays.copyOf(signed, before.length)).as("what was there stays").isEqualTo(before);
        SignatureReport own = SIGNING.validation.validate(SIGNING.document(name, signed).openedBy(document.password()), List.of()).signatures().stream()
            .filter(one -> one.format().equals("PAdES-BASELINE-" + level)).findFirst().orElseThrow();
        assertThat(own.conclusion()).as(own.toString()).isEqualTo(Conclusion.VALID);
        String file = write("a.pdf", signed);
        assertThat(qpdf(file)).isEmpty();
        assertThat(pdfsig(file)).contains("Signature is Valid.", "Certificate is Trusted.").doesNotContain("Digest Mismatch", "Signature is Invalid");
        List<byte[][]> parts = signatures(signed);
        byte[][] last = parts.getLast();
        byte[][] first = parts.get(signatures(before).size());
        assertThat(run("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", write("cms", first[0]), "-content", write("covered", first[1]), "-CAfile", folder.resolve("root.pem").toString(),
            "-certfile", folder.resolve("issuing.pem").toString(), "-purpose", "any", "-out", "/dev/null")).contains("Verification successful");
        if (level == SignatureLevel.LTA) {
            assertThat(run("openssl", "ts", "-verify", "-data", write("covered", last[1]), "-in", write("token", last[0]), "-token_in", "-CAfile", folder.resolve("root.pem").toString(), "-untrusted",
                folder.resolve("issuing.pem").toString())).contains("Verification: OK");
        }
        if (name.contains("pdfa")) {
            assertThat(faults(before)).isEmpty();
            assertThat(faults(signed)).isEmpty();
        }
    }

    private static void signAny(String name, String format, Packaging packaging, SignatureLevel level, SignatureAlgorithm algorithm) throws Exception {
        Document document = document(name).openedBy(null);
        byte[] signed = sign(SIGNING.format(format), document, level, packaging, algorithm, Particulars.NONE);
        boolean apart = packaging == Packaging.DETACHED && !format.startsWith("ASiC");
        ValidationReport report = SIGNING.validation.validate(SIGNING.document("a", signed), apart ? List.of(document) : List.of());
        assertThat(report.conclusion()).as(report.toString()).isEqualTo(Conclusion.VALID);
        if (format.equals("CAdES")) {
            String[] command = {"openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", write("a.p7s", signed), "-CAfile", folder.resolve("root.pem").toString(), "-certfile",
                folder.resolve("issuing.pem").toString(), "-purpose", "any", "-out", "/dev/null"};
            assertThat(run(apart ? Stream.concat(Arrays.stream(command), Stream.of("-content", document.file().toString())).toArray(String[]::new) : command)).contains("Verification successful");
        }
    }

    /** What veraPDF finds wrong with a document that says which PDF/A it is. */
    private static List<String> faults(byte[] pdf) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf))) {
            assertThat(parser.getFlavour()).isIn(PDFAFlavour.PDFA_1_A, PDFAFlavour.PDFA_2_B);
            try (PDFAValidator validator = Foundries.defaultInstance().createValidator(parser.getFlavour(), 20, false, false, false)) {
                ValidationResult result = validator.validate(parser);
                List<String> faults = result.getTestAssertions().stream().map(one -> one.getRuleId().getClause() + " " + one.getMessage()).toList();
                return result.isCompliant() ? List.of() : faults.isEmpty() ? List.of("not compliant") : faults;
            }
        }
    }

    private static Stream<String> files(String ending) {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.map(file -> String.valueOf(file.getFileName())).filter(name -> name.endsWith(ending)).sorted().toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Document document(String name) {
        return SIGNING.document(name, TestSigning.bytes(CORPUS.resolve(name))).openedBy(name.contains("encrypted") ? new Password(PASSWORD) : null);
    }

    private static byte[] sign(SignatureFormat format, Document document, SignatureLevel level, Packaging packaging, SignatureAlgorithm algorithm, Particulars particulars) {
        TestKey key = algorithm.keyAlgorithm().equals("EC") ? EC : RSA;
        try (PreparedSignature prepared = format.prepare(new SignatureRequest(document, level, packaging, algorithm, key.chain(), Instant.now(), null, null, particulars))) {
            return TestSigning.bytes(prepared.complete(key.sign(algorithm, prepared.toBeSigned())).file());
        }
    }

    /** Each signature's CMS, and what its byte range is over, in the file's order. */
    private static List<byte[][]> signatures(byte[] pdf) {
        Matcher ranges = Pattern.compile("/ByteRange\\s*\\[\\s*0 (\\d+) (\\d+) (\\d+)\\s*]").matcher(new String(pdf, StandardCharsets.ISO_8859_1));
        return ranges.results().map(range -> {
            int begin = Integer.parseInt(range.group(1));
            int end = Integer.parseInt(range.group(2));
            ByteArrayOutputStream covered = new ByteArrayOutputStream();
            covered.write(pdf, 0, begin);
            covered.write(pdf, end, Integer.parseInt(range.group(3)));
            return new byte[][] {HexFormat.of().parseHex(new String(pdf, begin + 1, end - begin - 2, StandardCharsets.US_ASCII)), covered.toByteArray()};
        }).toList();
    }

    /** What qpdf finds wrong. PDFBox counts a cross-reference stream of an update without listing it: its /Size is two above the highest number listed, which harms nobody. */
    private static List<String> qpdf(String file) throws IOException, InterruptedException {
        String said = run("qpdf", "--check", "--password=" + PASSWORD, file);
        List<String> faults = said.lines().filter(line -> line.startsWith("WARNING") || line.contains("rror")).filter(line -> !line.contains("is not one plus the highest object number"))
            .filter(line -> !line.startsWith("No syntax or stream encoding errors") && !line.startsWith("errors that qpdf cannot detect")).toList();
        assertThat(said).containsAnyOf("No syntax or stream encoding errors found", "operation succeeded with warnings");
        return faults;
    }

    private static String pdfsig(String file) throws IOException, InterruptedException {
        Path store = folder.resolve("nss");
        if (Files.notExists(store)) {
            Files.createDirectories(store);
            run("certutil", "-N", "-d", "sql:" + store, "--empty-password");
            run("certutil", "-A", "-d", "sql:" + store, "-n", "root", "-t", "C,C,C", "-i", folder.resolve("root.pem").toString());
        }
        return run("pdfsig", "-nssdir", store.toString(), "-no-ocsp", "-upw", PASSWORD, file);
    }

    private static String write(String name, byte[] octets) throws IOException {
        return Files.write(folder.resolve(name), octets).toString();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        needs(command[0]);
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static void needs(@Nullable String program) {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator)).anyMatch(path -> Files.isExecutable(Path.of(path, String.valueOf(program))));
        if (!there) {
            System.err.println("SKIPPED: the program " + program + " is not installed, so that our output was not read by it.");
        }
        assumeTrue(there, program + " is not installed");
    }
}
