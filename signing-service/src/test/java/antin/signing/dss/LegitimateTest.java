package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.key.SignatureAlgorithm;
import antin.signing.TestDocuments;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.attack.Cms;
import antin.signing.attack.Jws;
import antin.signing.signature.Document;
import antin.signing.signature.Packaging;
import antin.signing.signature.Particulars;
import antin.signing.signature.Password;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.Validation;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.xml.XmlDsigFormat;
import antin.signing.xml.XmlDsigValidation;
import eu.europa.esig.dss.asic.cades.ASiCWithCAdESSignatureParameters;
import eu.europa.esig.dss.asic.cades.signature.ASiCWithCAdESService;
import eu.europa.esig.dss.asic.xades.ASiCWithXAdESSignatureParameters;
import eu.europa.esig.dss.asic.xades.signature.ASiCWithXAdESService;
import eu.europa.esig.dss.cades.CAdESSignatureParameters;
import eu.europa.esig.dss.cades.signature.CAdESCounterSignatureParameters;
import eu.europa.esig.dss.cades.signature.CAdESService;
import eu.europa.esig.dss.enumerations.ASiCContainerType;
import eu.europa.esig.dss.enumerations.JWSSerializationType;
import eu.europa.esig.dss.enumerations.SignaturePackaging;
import eu.europa.esig.dss.jades.JAdESSignatureParameters;
import eu.europa.esig.dss.jades.signature.JAdESService;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.xades.signature.XAdESCounterSignatureParameters;
import eu.europa.esig.dss.xades.signature.XAdESService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents that are right and must pass, whatever else is refused: docs/validation/legitimate.md lists them by these names. */
class LegitimateTest {

    private static final TestPki PKI = AttackedPdf.PKI;
    private static final TestSigning SIGNING = AttackedPdf.SIGNING;
    private static final TestKey EC = TestKey.ec(PKI);
    private static final TestKey RSA = TestKey.rsa(PKI);
    private static final Validation VALIDATION = new XmlDsigValidation(SIGNING.validation, new CheckCertificate(SIGNING.trust, Clock.systemUTC()), EtsiXml::of);
    private static final byte[] FILE = "Quyết định về việc bổ nhiệm\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] XML = TestDocuments.xml().getBytes(StandardCharsets.UTF_8);
    private static final Path CORPUS = Path.of("src/test/resources/corpus");
    private static final String PASSWORD = "mo";
    private static final CommonCertificateVerifier NOBODY = new CommonCertificateVerifier();

    @TempDir
    private static Path folder;

    private interface Making {
        byte[] make() throws Exception;
    }

    /**
     * One document.
     *
     * @param signatures how many it has
     * @param original   what a detached signature is over
     */
    private record Sample(String name, int signatures, Making making, byte @Nullable [] original) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Sample> pdf() {
        Stream<Sample> updates = PdfUpdatesTest.allowed().map(one -> new Sample("PDF, then: " + one.get()[0], 0, () -> Objects.requireNonNull((byte[]) one.get()[2]), null));
        Stream<Sample> files = Stream.of("chromium-3-pages", "form", "incremental", "libreoffice", "libreoffice-pdfa-1a", "libreoffice-pdfa-2b", "pdfbox", "qpdf-encrypted", "qpdf-linearised", "qpdf-object-streams")
            .map(name -> sample("PDF: " + name, 1, () -> sign(SIGNING.document("Quyết định số 12.pdf", Files.readAllBytes(CORPUS.resolve(name + ".pdf"))).openedBy(name.contains("encrypted") ? new Password(PASSWORD) : null))));
        return Stream.of(updates, files, Stream.of(
            sample("PDF: 200 pages", 1, () -> SIGNING.pdf(10_000_000, SignatureLevel.LTA, SignatureAlgorithm.ECDSA_SHA256, EC)),
            sample("PDF by PDFBox and Bouncy Castle", 1, () -> OtherProducers.pdfbox(TestDocuments.pdf(3_000), EC, PDSignature.SUBFILTER_ETSI_CADES_DETACHED)),
            sample("PDF by PDFBox, in the older form", 1, () -> OtherProducers.pdfbox(TestDocuments.pdf(3_000), EC, PDSignature.SUBFILTER_ADBE_PKCS7_DETACHED)),
            sample("PDF by PDFBox, then by the service", 2, () -> AttackedPdf.sign(OtherProducers.pdfbox(TestDocuments.pdf(3_000), EC, PDSignature.SUBFILTER_ETSI_CADES_DETACHED), null)),
            sample("PDF by pdfsig", 1, () -> new OtherProducers(folder).pdfsig(TestDocuments.pdf(3_000), RSA)))).flatMap(all -> all);
    }

    static Stream<Sample> xml() {
        return Stream.of(
            sample("XAdES enveloped", 1, () -> signed("XAdES", Packaging.ENVELOPED, SignatureLevel.B)), sample("XAdES enveloping", 1, () -> signed("XAdES", Packaging.ENVELOPING, SignatureLevel.B)),
            new Sample("XAdES detached", 1, () -> signed("XAdES", Packaging.DETACHED, SignatureLevel.B), XML), sample("XAdES, level T", 1, () -> signed("XAdES", Packaging.ENVELOPED, SignatureLevel.T)),
            sample("XAdES, level LT", 1, () -> signed("XAdES", Packaging.ENVELOPED, SignatureLevel.LT)), sample("XAdES, level LTA", 1, () -> signed("XAdES", Packaging.ENVELOPED, SignatureLevel.LTA)),
            sample("XAdES, carried on twice", 1, () -> twice(signed("XAdES", Packaging.ENVELOPED, SignatureLevel.B))),
            sample("XAdES, two signers beside each other", 2, () -> SIGNING.sign(SIGNING.xades, SIGNING.document("a.xml", signed("XAdES", Packaging.ENVELOPED, SignatureLevel.B)), SignatureLevel.T, Packaging.ENVELOPED,
                SignatureAlgorithm.RSA_PSS_SHA256, RSA)),
            sample("XAdES, counter-signed", 2, LegitimateTest::counterSignedXml), sample("XAdES by the JDK", 1, () -> OtherProducers.jdk(true, EC)),
            sample("XML-DSig", 1, () -> dsig(null, XML)), sample("XML-DSig of one element", 1, () -> dsig("than", "<vanBan><dau>1</dau><than Id=\"than\">Nội dung</than></vanBan>".getBytes(StandardCharsets.UTF_8))),
            sample("XML-DSig by the JDK", 1, () -> OtherProducers.jdk(false, EC)), sample("XML-DSig by xmlsec1, ECDSA", 1, () -> new OtherProducers(folder).xmlsec(TestDocuments.xml(), EC, "ecdsa-sha256")),
            sample("XML-DSig by xmlsec1, RSA", 1, () -> new OtherProducers(folder).xmlsec(TestDocuments.xml(), RSA, "rsa-sha256")));
    }

    static Stream<Sample> cms() {
        return Stream.of(
            sample("CAdES with its content", 1, () -> signed("CAdES", Packaging.ENVELOPING, SignatureLevel.B)), new Sample("CAdES detached", 1, () -> signed("CAdES", Packaging.DETACHED, SignatureLevel.LT), FILE),
            sample("CAdES, level LTA", 1, () -> signed("CAdES", Packaging.ENVELOPING, SignatureLevel.LTA)), sample("CAdES, carried on twice", 1, () -> twice(signed("CAdES", Packaging.ENVELOPING, SignatureLevel.B))),
            sample("CAdES, two signers beside each other", 2, () -> OtherProducers.dss(new CAdESService(NOBODY), cades(), EC, signed("CAdES", Packaging.ENVELOPING, SignatureLevel.B), "a.p7m")),
            sample("CAdES, counter-signed", 2, LegitimateTest::counterSignedCms), sample("CAdES by Bouncy Castle", 1, () -> Cms.sign(FILE, EC)),
            sample("CAdES by openssl", 1, () -> new OtherProducers(folder).openssl(FILE, List.of(EC), List.of("-nodetach"))),
            new Sample("CAdES by openssl, detached", 1, () -> new OtherProducers(folder).openssl(FILE, List.of(RSA), List.of()), FILE),
            sample("CAdES by openssl, RSA-PSS", 1, () -> new OtherProducers(folder).openssl(FILE, List.of(RSA), List.of("-nodetach"), "-keyopt", "rsa_padding_mode:pss")),
            sample("CAdES by openssl, two signers", 2, () -> new OtherProducers(folder).openssl(FILE, List.of(EC, RSA), List.of("-nodetach"))),
            sample("CAdES by openssl, streamed in BER", 1, () -> new OtherProducers(folder).openssl(FILE, List.of(EC), List.of("-nodetach", "-stream"))));
    }

    static Stream<Sample> json() {
        return Stream.of(
            sample("JAdES in JSON", 1, () -> signed("JAdES", Packaging.ENVELOPING, SignatureLevel.B)), new Sample("JAdES detached", 1, () -> signed("JAdES", Packaging.DETACHED, SignatureLevel.T), FILE),
            sample("JAdES, level LTA", 1, () -> signed("JAdES", Packaging.ENVELOPING, SignatureLevel.LTA)), sample("JAdES, carried on twice", 1, () -> twice(signed("JAdES", Packaging.ENVELOPING, SignatureLevel.B))),
            sample("JAdES, compact, by the JDK", 1, () -> Jws.es256(EC, Jws.header("ES256", EC.chain()) + ",\"crit\":[\"sigT\"]", "{\"chi\":1000}").compact().getBytes(StandardCharsets.US_ASCII)),
            sample("JAdES, flattened, by the JDK", 1, () -> Jws.es256(EC, Jws.header("ES256", EC.chain()) + ",\"crit\":[\"sigT\"]", "{\"chi\":1000}").flattened().getBytes(StandardCharsets.US_ASCII)),
            sample("JAdES, two signers", 2, () -> jades(jades(FILE, EC), TestKey.of(PKI, "CN=Nguyễn Văn Ân,O=Thành phố,C=VN"))));
    }

    static Stream<Sample> containers() {
        return Stream.of(
            sample("ASiC-S with XAdES", 1, () -> signed("ASiC-S", Packaging.DETACHED, SignatureLevel.B)), sample("ASiC-S, level LTA", 1, () -> signed("ASiC-S", Packaging.DETACHED, SignatureLevel.LTA)),
            sample("ASiC-E with XAdES", 1, () -> signed("ASiC-E", Packaging.DETACHED, SignatureLevel.LT)), sample("ASiC-E, carried on twice", 1, () -> twice(signed("ASiC-E", Packaging.DETACHED, SignatureLevel.B))),
            sample("ASiC-E with two signatures", 2, () -> SIGNING.sign(SIGNING.format("ASiC-E"), SIGNING.document("a.asice", signed("ASiC-E", Packaging.DETACHED, SignatureLevel.B)), SignatureLevel.LT, Packaging.DETACHED,
                SignatureAlgorithm.RSA_PSS_SHA256, RSA)),
            sample("ASiC-E with XAdES over three files", 1, LegitimateTest::threeFiles), sample("ASiC-S with CAdES", 1, () -> asic(ASiCContainerType.ASiC_S, "quyết định.txt")),
            sample("ASiC-E with CAdES over two files", 1, () -> asic(ASiCContainerType.ASiC_E, "quyết định.txt", "phụ lục/bảng 1.txt")));
    }

    static Stream<Sample> keys() {
        return Stream.of(key("RSA of 2048 bits", TestPki.rsa(2048), SignatureAlgorithm.RSA_SHA256), key("RSA of 3072 bits", TestPki.rsa(3072), SignatureAlgorithm.RSA_SHA384),
            key("RSA of 4096 bits", TestPki.rsa(4096), SignatureAlgorithm.RSA_SHA512), key("RSA-PSS with SHA-256", TestPki.rsa(2048), SignatureAlgorithm.RSA_PSS_SHA256),
            key("RSA-PSS with SHA-512", TestPki.rsa(4096), SignatureAlgorithm.RSA_PSS_SHA512), key("P-256", TestPki.ec("secp256r1"), SignatureAlgorithm.ECDSA_SHA256),
            key("P-384", TestPki.ec("secp384r1"), SignatureAlgorithm.ECDSA_SHA384), key("P-521", TestPki.ec("secp521r1"), SignatureAlgorithm.ECDSA_SHA512));
    }

    @ParameterizedTest
    @MethodSource({"pdf", "xml", "cms", "json", "containers", "keys"})
    void passes(Sample sample) throws Exception {
        Document document = SIGNING.document("tài liệu", sample.making.make()).openedBy(sample.name.contains("encrypted") ? new Password(PASSWORD) : null);
        ValidationReport report = VALIDATION.validate(document, sample.original == null ? List.of() : List.of(SIGNING.document("qđ.txt", sample.original)));
        assertThat(report.conclusion()).as(report.toString()).isEqualTo(Conclusion.VALID);
        assertThat(report.signatures().size()).as(report.toString()).isGreaterThanOrEqualTo(Math.max(1, sample.signatures));
    }

    @Test
    void areThoseOfThePage() throws IOException {
        String page = Files.readString(Path.of("../docs/validation/legitimate.md"));
        List<String> listed = Pattern.compile("(?m)^- (.*)$").matcher(page).results().map((MatchResult one) -> one.group(1)).toList();
        List<String> tried = Stream.of(pdf(), xml(), cms(), json(), containers(), keys()).flatMap(all -> all).map(Sample::name).toList();
        assertThat(listed).containsExactlyElementsOf(tried).hasSizeGreaterThanOrEqualTo(40).doesNotHaveDuplicates();
    }

    private static Sample sample(String name, int signatures, Making making) {
        return new Sample(name, signatures, making, null);
    }

    private static Sample key(String name, java.security.KeyPair pair, SignatureAlgorithm algorithm) {
        TestKey key = new TestKey("a", pair.getPrivate(), PKI.chain(PKI.signer("CN=Đặng Thị Ngọc Ánh,OU=Sở Nội vụ,O=Thành phố,C=VN", pair.getPublic())));
        return sample("PDF by a key of " + name, 1, () -> SIGNING.pdf(3_000, SignatureLevel.LT, algorithm, key));
    }

    private static byte[] signed(String format, Packaging packaging, SignatureLevel level) {
        return SIGNING.sign(SIGNING.format(format), SIGNING.document("qđ.txt", format.equals("XAdES") ? XML : FILE), level, packaging, SignatureAlgorithm.ECDSA_SHA256, EC);
    }

    private static byte[] sign(Document document) {
        SignatureRequest request = new SignatureRequest(document, SignatureLevel.LTA, Packaging.ENVELOPED, SignatureAlgorithm.ECDSA_SHA256, EC.chain(), Instant.now(), "Phê duyệt", "Đà Nẵng", Particulars.NONE);
        try (PreparedSignature prepared = SIGNING.pades.prepare(request)) {
            return TestSigning.bytes(prepared.complete(EC.sign(SignatureAlgorithm.ECDSA_SHA256, prepared.toBeSigned())).file());
        }
    }

    private static byte[] dsig(@Nullable String element, byte[] xml) {
        SignatureRequest request = new SignatureRequest(SIGNING.document("a.xml", xml), SignatureLevel.B, Packaging.ENVELOPED, SignatureAlgorithm.ECDSA_SHA256, EC.chain(), Instant.now(), null, null,
            new Particulars(null, null, null, element));
        try (PreparedSignature prepared = new XmlDsigFormat(SIGNING.folder).prepare(request)) {
            return TestSigning.bytes(prepared.complete(EC.sign(SignatureAlgorithm.ECDSA_SHA256, prepared.toBeSigned())).file());
        }
    }

    private static byte[] twice(byte[] signed) {
        DssExtension extension = new DssExtension(new Pipeline(SIGNING.trust, SIGNING.validation, SIGNING.folder), SIGNING.validation);
        byte[] once = TestSigning.bytes(extension.extend(SIGNING.document("a", signed), List.of(), SignatureLevel.LTA).file());
        return TestSigning.bytes(extension.extend(SIGNING.document("a", once), List.of(), SignatureLevel.LTA).file());
    }

    private static CAdESSignatureParameters cades() {
        CAdESSignatureParameters parameters = new CAdESSignatureParameters();
        parameters.setSignatureLevel(eu.europa.esig.dss.enumerations.SignatureLevel.CAdES_BASELINE_B);
        parameters.setSignaturePackaging(SignaturePackaging.ENVELOPING);
        return parameters;
    }

    private static String first(DSSDocument document) {
        return SignedDocumentValidator.fromDocument(document).getSignatures().getFirst().getId();
    }

    private static byte[] counterSignedXml() {
        DSSDocument document = new InMemoryDocument(signed("XAdES", Packaging.ENVELOPED, SignatureLevel.B), "a.xml");
        XAdESCounterSignatureParameters parameters = new XAdESCounterSignatureParameters();
        parameters.setSignatureLevel(eu.europa.esig.dss.enumerations.SignatureLevel.XAdES_BASELINE_B);
        OtherProducers.prepare(parameters, EC);
        parameters.setSignatureIdToCounterSign(first(document));
        XAdESService service = new XAdESService(NOBODY);
        return OtherProducers.bytes(service.counterSignSignature(document, parameters, OtherProducers.value(EC, service.getDataToBeCounterSigned(document, parameters))));
    }

    private static byte[] counterSignedCms() {
        DSSDocument document = new InMemoryDocument(signed("CAdES", Packaging.ENVELOPING, SignatureLevel.B), "a.p7m");
        CAdESCounterSignatureParameters parameters = new CAdESCounterSignatureParameters();
        parameters.setSignatureLevel(eu.europa.esig.dss.enumerations.SignatureLevel.CAdES_BASELINE_B);
        OtherProducers.prepare(parameters, EC);
        parameters.setSignatureIdToCounterSign(first(document));
        CAdESService service = new CAdESService(NOBODY);
        return OtherProducers.bytes(service.counterSignSignature(document, parameters, OtherProducers.value(EC, service.getDataToBeCounterSigned(document, parameters))));
    }

    private static byte[] jades(byte[] file, TestKey key) {
        JAdESSignatureParameters parameters = new JAdESSignatureParameters();
        parameters.setSignatureLevel(eu.europa.esig.dss.enumerations.SignatureLevel.JAdES_BASELINE_B);
        parameters.setSignaturePackaging(SignaturePackaging.ENVELOPING);
        parameters.setJwsSerializationType(JWSSerializationType.JSON_SERIALIZATION);
        return OtherProducers.dss((eu.europa.esig.dss.signature.DocumentSignatureService<JAdESSignatureParameters, ?>) new JAdESService(NOBODY), parameters, key, file, "a.json");
    }

    private static byte[] threeFiles() {
        ASiCWithXAdESSignatureParameters parameters = new ASiCWithXAdESSignatureParameters();
        parameters.setSignatureLevel(eu.europa.esig.dss.enumerations.SignatureLevel.XAdES_BASELINE_B);
        parameters.aSiC().setContainerType(ASiCContainerType.ASiC_E);
        return OtherProducers.dss((eu.europa.esig.dss.signature.MultipleDocumentsSignatureService<ASiCWithXAdESSignatureParameters, ?>) new ASiCWithXAdESService(NOBODY), parameters, EC,
            List.of(new InMemoryDocument(FILE, "một.txt"), new InMemoryDocument(XML, "hai.xml"), new InMemoryDocument(FILE, "phu-luc/ba.txt")));
    }

    private static byte[] asic(ASiCContainerType type, String... names) {
        ASiCWithCAdESSignatureParameters parameters = new ASiCWithCAdESSignatureParameters();
        parameters.setSignatureLevel(eu.europa.esig.dss.enumerations.SignatureLevel.CAdES_BASELINE_B);
        parameters.aSiC().setContainerType(type);
        return OtherProducers.dss((eu.europa.esig.dss.signature.MultipleDocumentsSignatureService<ASiCWithCAdESSignatureParameters, ?>) new ASiCWithCAdESService(NOBODY), parameters, EC,
            Stream.of(names).map(name -> (DSSDocument) new InMemoryDocument(FILE, name)).toList());
    }
}
