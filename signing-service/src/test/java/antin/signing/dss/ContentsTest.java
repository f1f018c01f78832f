package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.key.SignatureAlgorithm;
import antin.signing.TestDocuments;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.signature.Document;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignedContent;
import antin.signing.signature.SignedContent.Kind;
import antin.signing.signature.SignedContent.Revision;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Each signature says what it is over. */
class ContentsTest {

    private static final TestPki PKI = new TestPki();
    private static final TestKey KEY = TestKey.ec(PKI);
    private static final TestSigning SIGNING = new TestSigning(PKI);
    private static final Pattern RANGE = Pattern.compile("/ByteRange\\s*\\[\\s*0 (\\d+) \\d+ (\\d+)");
    private static final byte[] FILE = "Quyết định\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] XML = TestDocuments.xml().getBytes(StandardCharsets.UTF_8);

    @AfterAll
    static void stop() {
        PKI.close();
    }

    @Test
    void namesTheRevisionOfEachSignatureInAPdf() {
        byte[] first = SIGNING.pdf(3_000, SignatureLevel.B, SignatureAlgorithm.ECDSA_SHA256, KEY);
        byte[] second = SIGNING.sign(SIGNING.pades, SIGNING.document("a.pdf", first), SignatureLevel.B, Packaging.ENVELOPED, SignatureAlgorithm.ECDSA_SHA256, KEY);
        List<Revision> revisions = SIGNING.validate(second).signatures().stream().map(one -> one.content().getFirst().revision()).toList();
        assertThat(revisions).extracting(Revision::number).containsExactly(1, 2);
        assertThat(revisions).allMatch(one -> one.of() == 2 && one.length() == second.length);
        assertThat(revisions).extracting(Revision::octets).containsExactlyElementsOf(octets(second));
        assertThat(content(first).getFirst().revision()).isEqualTo(new Revision(1, 1, revisions.getFirst().octets(), first.length));
    }

    @Test
    void countsWhatCameLater() {
        byte[] filled = AttackedPdf.update(AttackedPdf.SIGNED).object(10, AttackedPdf.field("HoTen", "/V(An)")).end(AttackedPdf.ROOT);
        Revision revision = AttackedPdf.SIGNING.validate(filled).signatures().getFirst().content().getFirst().revision();
        assertThat(revision).isNotNull().extracting(Revision::number, Revision::of).containsExactly(1, 2);
    }

    @Test
    void namesFilesAndElements() {
        assertThat(content(signed("XAdES", XML, Packaging.ENVELOPED))).containsExactly(SignedContent.document());
        assertThat(content(signed("XAdES", XML, Packaging.ENVELOPING))).extracting(SignedContent::kind).containsExactly(Kind.ELEMENT);
        assertThat(content(signed("XAdES", XML, Packaging.DETACHED), original())).containsExactly(new SignedContent(Kind.FILE, "qđ.txt", null));
        assertThat(content(signed("CAdES", FILE, Packaging.ENVELOPING))).containsExactly(SignedContent.document());
        assertThat(content(signed("CAdES", FILE, Packaging.DETACHED), original())).containsExactly(new SignedContent(Kind.FILE, "qđ.txt", null));
        assertThat(content(signed("JAdES", FILE, Packaging.ENVELOPING))).containsExactly(SignedContent.document());
        assertThat(content(signed("ASiC-S", FILE, Packaging.DETACHED))).containsExactly(new SignedContent(Kind.FILE, "qđ.txt", null));
        assertThat(content(signed("ASiC-E", FILE, Packaging.DETACHED))).containsExactly(new SignedContent(Kind.FILE, "qđ.txt", null));
    }

    /** How many octets each range is over (ISO 32000-2, 12.8.1), by the file's own text. */
    private static List<Long> octets(byte[] pdf) {
        return RANGE.matcher(new String(pdf, StandardCharsets.ISO_8859_1)).results().map(one -> Long.parseLong(one.group(1)) + Long.parseLong(one.group(2))).toList();
    }

    private static Document original() {
        return SIGNING.document("qđ.txt", FILE);
    }

    private static List<SignedContent> content(byte[] signed, Document... originals) {
        return SIGNING.validate(signed, originals).signatures().getFirst().content();
    }

    private static byte[] signed(String format, byte[] file, Packaging packaging) {
        return SIGNING.sign(SIGNING.format(format), SIGNING.document("qđ.txt", file), SignatureLevel.B, packaging, SignatureAlgorithm.ECDSA_SHA256, KEY);
    }
}
