package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.SignatureAlgorithm;
import antin.signing.TestDocuments;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.WorkFolder;
import antin.signing.signature.Document;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignedDocument;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.Conclusion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExtensionTest {

    private static final TestPki PKI = new TestPki();
    private static final TestKey EC = TestKey.ec(PKI);
    private static final TestSigning SIGNING = new TestSigning(PKI);
    private static final DssExtension EXTENSION = new DssExtension(new Pipeline(SIGNING.trust, SIGNING.validation, SIGNING.folder), SIGNING.validation);

    @AfterAll
    static void stop() {
        PKI.close();
    }

    static Stream<Arguments> everyWay() {
        return SIGNING.formats.stream().flatMap(format -> format.packagings().stream().map(packaging -> Arguments.of(format.name(), packaging)));
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void carriesASignatureFromLevelToLevel(String name, Packaging packaging) {
        SignatureFormat format = SIGNING.format(name);
        byte[] file = file(name);
        List<Document> originals = packaging == Packaging.DETACHED && !name.startsWith("ASiC") ? List.of(SIGNING.document("qđ", file)) : List.of();
        byte[] document = SIGNING.sign(format, SIGNING.document("qđ", file), SignatureLevel.B, packaging, SignatureAlgorithm.ECDSA_SHA256, EC);
        for (SignatureLevel level : new SignatureLevel[] {SignatureLevel.T, SignatureLevel.LT, SignatureLevel.LTA, SignatureLevel.LTA}) {
            document = extend(document, originals, level);
            ValidationReport report = SIGNING.validate(document, originals.toArray(Document[]::new));
            assertThat(report.conclusion()).as(level + " " + report).isEqualTo(Conclusion.VALID);
            assertThat(report.signatures().getFirst().format()).endsWith("-BASELINE-" + level);
        }
    }

    @Test
    void refusesWhatHasNoSignatureOrABrokenOne() {
        assertThatThrownBy(() -> extend(TestDocuments.pdf(3_000), List.of(), SignatureLevel.LT)).isInstanceOf(Problem.class).hasMessageContaining("no signature");
        byte[] signed = SIGNING.pdf(20_000, SignatureLevel.B, SignatureAlgorithm.ECDSA_SHA256, EC);
        signed[600] ^= 1;
        assertThatThrownBy(() -> extend(signed, List.of(), SignatureLevel.LT)).isInstanceOf(Problem.class).hasMessageContaining("does not hold");
    }

    @Test
    void refusesToGoBack() {
        byte[] signed = SIGNING.pdf(20_000, SignatureLevel.LTA, SignatureAlgorithm.ECDSA_SHA256, EC);
        assertThatThrownBy(() -> extend(signed, List.of(), SignatureLevel.T))
            .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Kind.MALFORMED_DOCUMENT));
    }

    private static byte[] extend(byte[] document, List<Document> originals, SignatureLevel level) {
        SignedDocument extended = EXTENSION.extend(SIGNING.document("qđ", document), originals, level);
        byte[] octets = TestSigning.bytes(extended.file());
        WorkFolder.remove(extended.file());
        return octets;
    }

    private static byte[] file(String format) {
        return switch (format) {
            case "PAdES" -> TestDocuments.pdf(3_000);
            case "XAdES" -> TestDocuments.xml().getBytes(StandardCharsets.UTF_8);
            default -> "Quyết định\n".getBytes(StandardCharsets.UTF_8);
        };
    }
}
