package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.Problem;
import antin.kernel.key.SignatureAlgorithm;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.signature.Document;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.Coverage;
import eu.europa.esig.dss.model.InMemoryDocument;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** XAdES that we write ourselves holds for whoever validates it, and the short look is certain of no other. */
class FinishedXadesTest {

    private static final TestPki PKI = new TestPki();
    private static final TestSigning SIGNING = new TestSigning(PKI);
    private static final TestKey EC = TestKey.ec(PKI);
    private static final TestKey RSA = TestKey.rsa(PKI);
    private static final String TEXT = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<vb:vanBan xmlns:vb='urn:vn:van-ban' xmlns=\"urn:vn\" so=\"1\"\n  loai = 'QĐ'>\n<doan  >Quyết định &amp; phụ lục</doan><trong/>\n</vb:vanBan >\n";

    @AfterAll
    static void stop() {
        PKI.close();
    }

    @ParameterizedTest
    @EnumSource
    void isCertainOfWhatHolds(SignatureAlgorithm algorithm) throws Exception {
        Made made = made(TEXT.getBytes(StandardCharsets.UTF_8), algorithm);
        assertThat(XadesService.isCertain(made)).isTrue();
        ValidationReport report = SIGNING.validate(finished(made));
        assertThat(report.conclusion()).isEqualTo(Conclusion.VALID);
        assertThat(report.signatures().getFirst().format()).isEqualTo("XAdES-BASELINE-B");
        assertThat(report.signatures().getFirst().covers()).isEqualTo(Coverage.WHOLE);
    }

    @Test
    void leavesEachOctetOfTheDocumentAsItWasSent() throws Exception {
        String signed = new String(finished(made(TEXT.getBytes(StandardCharsets.UTF_8), SignatureAlgorithm.ECDSA_SHA256)), StandardCharsets.UTF_8);
        assertThat(signed.replaceFirst("(?s)<ds:Signature.*</ds:Signature>", "")).isEqualTo(TEXT);
    }

    @Test
    void isNotCertainOfOneAlteredOctet() throws Exception {
        Made made = made(TEXT.getBytes(StandardCharsets.UTF_8), SignatureAlgorithm.ECDSA_SHA256);
        byte[] good = finished(made);
        for (int at = 0; at < good.length; at++) {
            byte[] altered = good.clone();
            altered[at] ^= 1;
            assertThat(XadesService.isCertain(with(made, altered))).as("octet %d of %d", at, good.length).isFalse();
        }
    }

    static Stream<Arguments> swaps() {
        return Stream.of(
            Arguments.of("another document", "Quyết", "Quyêt"),
            Arguments.of("a blank in the document", "<trong/>", "<trong />"),
            Arguments.of("a comment in the signature", "<ds:KeyInfo>", "<!-- --><ds:KeyInfo>"),
            Arguments.of("an object more", "<ds:Object>", "<ds:Object></ds:Object><ds:Object>"),
            Arguments.of("properties more", "</xades:QualifyingProperties>", "<xades:UnsignedProperties></xades:UnsignedProperties></xades:QualifyingProperties>"),
            Arguments.of("no key info", "(?s)<ds:KeyInfo>.*</ds:KeyInfo>", ""),
            Arguments.of("other times", "<xades:SigningTime>2", "<xades:SigningTime>1"),
            Arguments.of("a target of another", " Target=\"#xades", " Target=\"#xade"),
            Arguments.of("another reference", " URI=\"\"", " URI=\"#doan\""),
            Arguments.of("a signature outside of the root", "(?s)(<ds:Signature .*</ds:Signature>)(</vb:vanBan >)", "$2$1"),
            Arguments.of("a signature deeper inside", "(?s)<trong/>(\n)(<ds:Signature .*</ds:Signature>)", "<trong>$2</trong>$1"),
            Arguments.of("two signatures", "(?s)(<ds:Signature .*</ds:Signature>)", "$1$1"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("swaps")
    void isNotCertainOf(String what, String from, String to) throws Exception {
        Made made = made(TEXT.getBytes(StandardCharsets.UTF_8), SignatureAlgorithm.ECDSA_SHA256);
        String good = new String(finished(made), StandardCharsets.UTF_8);
        String altered = good.replaceFirst(from, to);
        assertThat(altered).as(what).isNotEqualTo(good);
        assertThat(XadesService.isCertain(with(made, altered.getBytes(StandardCharsets.UTF_8)))).as(what).isFalse();
    }

    static Stream<String> unusual() {
        return Stream.of("<a/>", "<a></a>", "<a>1</a><!-- </a> -->", "<a>1</a><?x </a>?>", "<!-- 1 --><a>1</a>\n\t ", "<ds:a xmlns:ds='urn:x'>1</ds:a>", "<xades:a xmlns:xades='urn:x' Id='1'/>",
            "<a xmlns='http://www.w3.org/2000/09/xmldsig#'>1</a>", "<a xml:lang='vi' xml:base='x' xml:id='b'><![CDATA[</a>]]>&#13;&#x10FFFF;</a>", "<a-->1</a--><!-- </a-->", "<filter:a xmlns:filter='urn:y' filter:b='1'>1\r\n</filter:a>",
            "<ký xmlns='urn:x'>Trần Đức</ký>", "<?xml version='1.1'?><a>1</a>");
    }

    @ParameterizedTest
    @MethodSource("unusual")
    void signsWhatIsUnusual(String text) throws Exception {
        for (String mark : new String[] {"", "\uFEFF"}) {
            byte[] signed = finished(made((mark + text).getBytes(StandardCharsets.UTF_8), SignatureAlgorithm.RSA_SHA256));
            assertThat(SIGNING.validate(signed).conclusion()).isEqualTo(Conclusion.VALID);
        }
    }

    @Test
    void letsOthersSignBesideIt() throws Exception {
        byte[] once = finished(made(TEXT.getBytes(StandardCharsets.UTF_8), SignatureAlgorithm.ECDSA_SHA256));
        byte[] twice = finished(made(once, SignatureAlgorithm.RSA_PSS_SHA256));
        assertThat(SIGNING.validate(twice).signatures()).hasSize(2).allMatch(one -> one.conclusion() == Conclusion.VALID);
    }

    private static Made made(byte[] sent, SignatureAlgorithm algorithm) throws Exception {
        TestKey key = algorithm.keyAlgorithm().equals("EC") ? EC : RSA;
        Document document = SIGNING.document("qđ.xml", sent);
        SignatureRequest request = new SignatureRequest(document, SignatureLevel.B, Packaging.ENVELOPED, algorithm, key.chain(), Instant.now(), null, null);
        try (PreparedSignature prepared = SIGNING.xades.prepare(request)) {
            byte[] value = key.sign(algorithm, prepared.toBeSigned());
            return new Made(request, prepared.toBeSigned(), value, new InMemoryDocument(sent), new InMemoryDocument(Files.readAllBytes(prepared.complete(value).file())));
        } catch (Problem e) {
            throw new AssertionError(new String(sent, StandardCharsets.UTF_8), e);
        }
    }

    private static byte[] finished(Made made) {
        return ((InMemoryDocument) made.finished()).getBytes();
    }

    private static Made with(Made made, byte[] finished) {
        return new Made(made.request(), made.toBeSigned(), made.value(), made.sent(), new InMemoryDocument(finished));
    }
}
