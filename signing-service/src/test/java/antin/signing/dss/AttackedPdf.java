package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.key.SignatureAlgorithm;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.signature.Packaging;
import antin.signing.signature.Particulars;
import antin.signing.signature.Particulars.Certification;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A document written octet by octet, signed as any, and what attacks are made of. */
final class AttackedPdf {

    static final TestPki PKI = new TestPki(); // as long as the JVM: three tests use it
    private static final TestKey KEY = TestKey.ec(PKI);
    static final TestSigning SIGNING = new TestSigning(PKI);
    static final String ROOT = "/Size 70/Root 1 0 R/ID[<01><01>]";
    static final String SHOWN = "/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>/XObject<</Im 7 0 R>>>>/Annots[10 0 R 11 0 R 12 0 R]";
    static final String NOTE = "/Type/Annot/Rect[100 100 400 400]/Contents(20 ty dong)/P 3 0 R";
    private static final Pattern SIGNATURE = Pattern.compile("(\\d+) 0 obj\\s+<<(?:(?!endobj).)*?/ByteRange", Pattern.DOTALL);
    private static final Pattern RANGE = Pattern.compile("/ByteRange\\s*\\[\\s*(\\d+) (\\d+) (\\d+) (\\d+)\\s*]");
    static final byte[] PLAIN = base("4 0 R", "");
    static final byte[] SIGNED = sign(PLAIN, null);
    static final byte[] CERTIFIED_1 = sign(PLAIN, Certification.NO_CHANGES);
    static final byte[] CERTIFIED_2 = sign(PLAIN, Certification.FORM_FILLING);
    static final byte[] CERTIFIED_3 = sign(PLAIN, Certification.ANNOTATIONS);

    private AttackedPdf() {
    }

    static RawPdf update(byte[] pdf) {
        return new RawPdf(pdf);
    }

    /** Objects by number: 1 catalog, 2 pages, 3 page, 4 its content, 5 font, 7 a form on it, 8 the form, 10 to 12 fields, 13 an appearance, 14 to 18 what was hidden there by whoever prepared it. */
    static byte[] base(String contents, String more) {
        return base(contents, more, pdf -> { });
    }

    static byte[] base(String contents, String more, Consumer<RawPdf> others) {
        RawPdf pdf = new RawPdf("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n").object(1, "<</Type/Catalog/Pages 2 0 R/AcroForm 8 0 R" + more + ">>").object(2, "<</Type/Pages/Kids[3 0 R 16 0 R]/Count 2>>")
            .text("3 0 obj\n<</Type/Page/Hidden true/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 17 0 R>>\nendobj\n")
            .object(3, "<<" + SHOWN + "/Contents " + contents + ">>").stream(4, "", "BT /F1 24 Tf 72 700 Td (100 dong) Tj ET /Im Do").object(5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
            .stream(7, "/Type/XObject/Subtype/Form/BBox[0 0 100 100]", "1 g 0 0 50 50 re f").object(8, "<</Fields[10 0 R 11 0 R 12 0 R]/DA(/Helv 0 Tf 0 g)/DR<<>>>>")
            .object(10, field("HoTen", "")).object(11, field("SoTien", "/V(100)/AP<</N 13 0 R>>")).object(12, field("GhiChu", "/AP<</N 13 0 R>>"))
            .stream(13, "/Type/XObject/Subtype/Form/BBox[0 0 100 20]", "BT (100) Tj ET").object(14, "<</Type/Page/Parent 15 0 R/MediaBox[0 0 595 842]/Contents 17 0 R>>")
            .object(15, "<</Type/Pages/Kids[14 0 R]/Count 1>>").object(16, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>>>")
            .stream(17, "", "BT (20 ty dong) Tj ET").object(18, "<</Type/Font/Subtype/Type1/BaseFont/Symbol>>");
        others.accept(pdf);
        return pdf.end(ROOT);
    }

    static String field(String name, String more) {
        return "<</Type/Annot/Subtype/Widget/FT/Tx/T(" + name + ")/Rect[10 10 110 30]/F 4/P 3 0 R" + more + ">>";
    }

    static String annotated(String annotation) {
        return annotated(SIGNED, annotation);
    }

    static String annotated(byte[] pdf, String annotation) {
        return body(pdf, 3).replace("12 0 R", "12 0 R " + annotation);
    }

    static String formWith(byte[] pdf, String field) {
        return body(pdf, 8).replace("12 0 R", "12 0 R " + field);
    }

    static String catalog(byte[] pdf) {
        return body(pdf, 1);
    }

    /** As the last revision has it. */
    static String body(byte[] pdf, int number) {
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        MatchResult last = Pattern.compile("[\\r\\n]" + number + " 0 obj(.*?)endobj", Pattern.DOTALL).matcher(text).results().reduce((first, second) -> second).orElseThrow();
        return last.group(1).strip();
    }

    static long place(byte[] pdf, String text) {
        return new String(pdf, StandardCharsets.ISO_8859_1).indexOf(text);
    }

    static int gap(int group) {
        Matcher range = RANGE.matcher(new String(SIGNED, StandardCharsets.ISO_8859_1));
        assertThat(range.find()).isTrue();
        return Integer.parseInt(range.group(group + 1));
    }

    /** An update that gives the signature another range. */
    static byte[] ranged(String range) {
        return update(SIGNED).object(signature(), RANGE.matcher(body(SIGNED, signature())).replaceAll("/ByteRange[" + range + "]")).end(ROOT);
    }

    /** What was signed lies apart, with other content between, and an update tells so. */
    static byte[] wrapped() {
        byte[] between = "<00>\n4 0 obj\n<</Length 3>>\nstream\n0 g\nendstream\nendobj\n".getBytes(StandardCharsets.US_ASCII);
        byte[] moved = concat(concat(Arrays.copyOf(SIGNED, gap(2)), between), Arrays.copyOfRange(SIGNED, gap(2), SIGNED.length));
        int after = gap(2) + between.length;
        return new RawPdf(moved).object(signature(), RANGE.matcher(body(SIGNED, signature())).replaceAll("/ByteRange[0 " + gap(1) + " " + after + " " + (SIGNED.length - gap(2)) + "]")).end(ROOT);
    }

    static int signature() {
        Matcher signature = SIGNATURE.matcher(new String(SIGNED, StandardCharsets.ISO_8859_1));
        assertThat(signature.find()).isTrue();
        return Integer.parseInt(signature.group(1));
    }

    static byte[] sign(byte[] pdf, @Nullable Certification certification) {
        return sign(pdf, new Particulars(null, certification, null, null), SignatureLevel.B);
    }

    static byte[] sign(byte[] pdf, Particulars particulars, SignatureLevel level) {
        SignatureRequest request = new SignatureRequest(SIGNING.document("a.pdf", pdf), level, Packaging.ENVELOPED, SignatureAlgorithm.ECDSA_SHA256, KEY.chain(), Instant.now(), null, null,
            particulars);
        try (PreparedSignature prepared = SIGNING.pades.prepare(request)) {
            return TestSigning.bytes(prepared.complete(KEY.sign(SignatureAlgorithm.ECDSA_SHA256, prepared.toBeSigned())).file());
        }
    }

    static byte[] concat(byte[] one, String other) {
        return concat(one, other.getBytes(StandardCharsets.ISO_8859_1));
    }

    static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
