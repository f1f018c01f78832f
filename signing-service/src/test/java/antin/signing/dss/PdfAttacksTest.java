package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.Problem;
import antin.kernel.key.SignatureAlgorithm;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.signature.Packaging;
import antin.signing.signature.Particulars;
import antin.signing.signature.Particulars.Certification;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.SignatureReport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jspecify.annotations.Nullable;

/** The attacks on PDF that docs/validation/attacks.md tells of, by their names there. Each is made of a document whose signature is valid before. */
class PdfAttacksTest {

    private static final TestPki PKI = new TestPki();
    private static final TestKey KEY = TestKey.ec(PKI);
    private static final TestSigning SIGNING = new TestSigning(PKI);
    private static final String ROOT = "/Size 40/Root 1 0 R/ID[<01><01>]";
    private static final String SHOWN = "/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>/XObject<</Im 7 0 R>>>>/Annots[10 0 R 11 0 R 12 0 R]";
    private static final String NOTE = "/Type/Annot/Rect[100 100 400 400]/Contents(20 ty dong)/P 3 0 R";
    private static final Pattern SIGNATURE = Pattern.compile("(\\d+) 0 obj\\s+<<(?:(?!endobj).)*?/ByteRange", Pattern.DOTALL);
    private static final Pattern RANGE = Pattern.compile("/ByteRange\\s*\\[\\s*(\\d+) (\\d+) (\\d+) (\\d+)\\s*]");
    private static final byte[] PLAIN = base("4 0 R", "");
    private static final byte[] SIGNED = sign(PLAIN, null);
    private static final byte[] CERTIFIED_1 = sign(PLAIN, Certification.NO_CHANGES);
    private static final byte[] CERTIFIED_2 = sign(PLAIN, Certification.FORM_FILLING);
    private static final byte[] CERTIFIED_3 = sign(PLAIN, Certification.ANNOTATIONS);

    @AfterAll
    static void stop() {
        PKI.close();
    }

    static Stream<Arguments> attacks() {
        String free = NOTE + "/Subtype/FreeText/DA(/Helv 12 Tf)";
        return Stream.of(
            attack("painted-over", "PAGE_CHANGED", update(SIGNED).stream(20, "", "1 g 0 0 595 842 re f").object(3, "<<" + SHOWN + "/Contents[4 0 R 20 0 R]>>")),
            attack("content-replaced", "OBJECT_CHANGED", update(SIGNED).stream(4, "", "BT /F1 24 Tf 72 700 Td (20 ty dong) Tj ET")),
            attack("font-replaced", "OBJECT_CHANGED", update(SIGNED).object(5, "<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>")),
            attack("shadow-replace", "OBJECT_CHANGED", update(SIGNED).stream(7, "/Type/XObject/Subtype/Form/BBox[0 0 100 100]", "0 g 0 0 50 50 re f")),
            attack("shadow-hide", "OBJECT_CHANGED", update(SIGNED).object(7, "null")),
            attack("shadow-hide-freed", "OBJECT_CHANGED", update(SIGNED).free(7)),
            attack("shadow-hide-and-replace", "CATALOG_CHANGED", update(SIGNED).object(1, catalog(SIGNED).replace("/Pages 2 0 R", "/Pages 15 0 R"))),
            attack("shadow-moved-reference", "PAGE_CHANGED", update(SIGNED).at(3, place(SIGNED, "3 0 obj\n<</Type/Page/Hidden"))),
            attack("page-size-changed", "PAGE_CHANGED", update(SIGNED).object(3, "<<" + SHOWN.replace("595 842", "595 400") + "/Contents 4 0 R>>")),
            attack("page-added", "PAGES_CHANGED", update(SIGNED).object(2, "<</Type/Pages/Kids[3 0 R 16 0 R 14 0 R]/Count 3>>")),
            attack("page-removed", "PAGES_CHANGED", update(SIGNED).object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")),
            attack("pages-swapped", "PAGES_CHANGED", update(SIGNED).object(2, "<</Type/Pages/Kids[16 0 R 3 0 R]/Count 2>>")),
            attack("resources-inherited", "PAGES_CHANGED", update(SIGNED).object(2, "<</Type/Pages/Kids[3 0 R 16 0 R]/Count 2/Resources<</Font<</F1 18 0 R>>>>>>")),
            attack("annotation-text", "ANNOTATION_ADDED", update(SIGNED).object(20, "<<" + free + ">>").object(3, annotated("20 0 R"))),
            attack("annotation-stamp", "ANNOTATION_ADDED", update(SIGNED).object(20, "<<" + NOTE + "/Subtype/Stamp>>").object(3, annotated("20 0 R"))),
            attack("annotation-note-not-allowed", "ANNOTATION_ADDED", update(SIGNED).object(20, "<<" + NOTE + "/Subtype/Text>>").object(3, annotated("20 0 R"))),
            attack("annotation-removed", "PAGE_CHANGED", update(SIGNED).object(3, "<<" + SHOWN.replace("10 0 R 11 0 R", "11 0 R") + "/Contents 4 0 R>>")),
            attack("certified-evil-annotation", "ANNOTATION_ADDED", update(CERTIFIED_3).object(20, "<<" + free + ">>").object(3, annotated(CERTIFIED_3, "20 0 R"))),
            attack("certified-note-with-picture", "ANNOTATION_ADDED", update(CERTIFIED_3).stream(21, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "1 g 0 0 9 9 re f")
                .object(20, "<<" + NOTE + "/Subtype/Highlight/AP<</N 21 0 R>>>>").object(3, annotated(CERTIFIED_3, "20 0 R"))),
            attack("certified-sneaky-signature", "FIELD_ADDED", update(CERTIFIED_2).stream(21, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "1 g 0 0 9 9 re f")
                .object(20, "<<" + NOTE + "/Subtype/Widget/FT/Sig/T(x)/AP<</N 21 0 R>>>>").object(form(CERTIFIED_2), formWith(CERTIFIED_2, "20 0 R"))),
            attack("certified-filled-in", "CHANGE_FORBIDDEN", update(CERTIFIED_1).object(10, field("HoTen", "/V(Nguyen Van A)"))),
            attack("value-changed", "FORM_CHANGED", update(SIGNED).object(11, field("SoTien", "/V(20 ty)"))),
            attack("value-shown-then-filled", "FORM_CHANGED", update(SIGNED).object(12, field("GhiChu", "/V(20 ty)"))),
            attack("appearance-changed", "FORM_CHANGED", update(SIGNED).object(11, field("SoTien", "/V(100)/AP<</N 7 0 R>>"))),
            attack("appearance-replaced", "OBJECT_CHANGED", update(SIGNED).stream(13, "/Type/XObject/Subtype/Form/BBox[0 0 100 20]", "BT (20 ty) Tj ET")),
            attack("field-moved", "FORM_CHANGED", update(SIGNED).object(11, field("SoTien", "/V(100)").replace("[10 10 110 30]", "[100 600 400 700]"))),
            attack("field-removed", "FORM_CHANGED", update(SIGNED).object(form(SIGNED), formWith(SIGNED, "").replace("10 0 R 11 0 R", "11 0 R"))),
            attack("field-added", "FIELD_ADDED", update(SIGNED).object(20, "<<" + NOTE + "/Subtype/Widget/FT/Tx/T(y)/V(20 ty)>>").object(form(SIGNED), formWith(SIGNED, "20 0 R"))),
            attack("script-added", "CATALOG_CHANGED", update(SIGNED).object(1, catalog(SIGNED).replace("/Pages", "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/Pages"))),
            attack("layers-added", "CATALOG_CHANGED", update(SIGNED).object(1, catalog(SIGNED).replace("/Pages", "/OCProperties<</OCGs[]/D<<>>>>/Pages"))),
            attack("appearances-made-anew", "FORM_CHANGED", update(SIGNED).object(form(SIGNED), formWith(SIGNED, "").replace("/Fields", "/NeedAppearances true/Fields"))),
            attack("xfa-added", "FORM_CHANGED", update(SIGNED).object(form(SIGNED), formWith(SIGNED, "").replace("/Fields", "/XFA(x)/Fields"))),
            attack("other-generation", "OBJECT_CHANGED", update(SIGNED).object(4, 1, "<</Length 1>>\nstream\n \nendstream")));
    }

    static Stream<Arguments> structures() {
        byte[] other = update(SIGNED).object(20, "<</Type/Catalog/Pages 15 0 R>>").end(ROOT.replace("1 0 R", "20 0 R"));
        byte[] loose = new RawPdf(SIGNED).text("4 0 obj\n<</Length 1>>\nstream\n \nendstream\nendobj\n").text("%%EOF\n").end("", 0);
        return Stream.of(
            Arguments.of("catalog-switched", "CATALOG_CHANGED", other),
            Arguments.of("objects-without-references", "CONTENT_OUTSIDE_SIGNATURE", concat(SIGNED, "4 0 obj\n<</Length 1>>\nstream\n \nendstream\nendobj\n")),
            Arguments.of("update-beside-the-signed-one", "CONTENT_OUTSIDE_SIGNATURE", update(SIGNED).stream(4, "", "0 g").end(ROOT, RawPdf.last(PLAIN))),
            Arguments.of("update-without-previous", "CONTENT_OUTSIDE_SIGNATURE", loose),
            Arguments.of("hybrid-references", "CONTENT_OUTSIDE_SIGNATURE", update(SIGNED).stream(4, "", "0 g").end(ROOT + "/XRefStm 15")),
            Arguments.of("previous-written-twice", "CONTENT_OUTSIDE_SIGNATURE", update(SIGNED).stream(4, "", "0 g").end(ROOT + "/Prev 15")),
            Arguments.of("wrapped-range", "BYTE_RANGE_FORGED", wrapped()),
            Arguments.of("value-in-two-dictionaries", "BYTE_RANGE_FORGED", ranged("0 " + gap(1) + " " + (gap(2) + 40) + " " + (SIGNED.length - gap(2) - 40))),
            Arguments.of("range-overlapping", "", ranged("0 " + gap(2) + " " + gap(1) + " " + (SIGNED.length - gap(1)))),
            Arguments.of("range-of-nothing", "", ranged("0 0 0 0")),
            Arguments.of("range-negative", "", ranged("0 -1 9 9")),
            Arguments.of("range-from-the-middle", "", ranged("9 " + gap(1) + " " + gap(2) + " " + (SIGNED.length - gap(2)))),
            Arguments.of("range-beyond-the-end", "", ranged("0 " + gap(1) + " " + gap(2) + " 99999999")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"attacks", "structures"})
    void rejects(String name, String reason, byte[] pdf) {
        assertThat(pdf.length).isGreaterThan(SIGNED.length / 2);
        SignatureReport first;
        try {
            ValidationReport report = SIGNING.validate(pdf);
            assertThat(report.conclusion()).as(report.toString()).isNotEqualTo(Conclusion.VALID);
            if (reason.isEmpty()) {
                return;
            }
            first = report.signatures().getFirst();
        } catch (Problem refused) {
            assertThat(reason).as(refused.getMessage()).isEmpty();
            return;
        }
        assertThat(first.conclusion()).isEqualTo(Conclusion.INVALID);
        assertThat(first.reasons()).contains(reason);
    }

    @Test
    void acceptsWhatTheAttacksAreMadeOf() {
        for (byte[] pdf : new byte[][] {SIGNED, CERTIFIED_1, CERTIFIED_2, CERTIFIED_3}) {
            ValidationReport report = SIGNING.validate(pdf);
            assertThat(report.conclusion()).as(report.toString()).isEqualTo(Conclusion.VALID);
        }
    }

    private static Arguments attack(String name, String reason, RawPdf update) {
        return Arguments.of(name, reason, update.end(ROOT));
    }

    private static RawPdf update(byte[] pdf) {
        return new RawPdf(pdf);
    }

    /** Objects by number: 1 catalog, 2 pages, 3 page, 4 its content, 5 font, 7 a form on it, 8 the form, 10 to 12 fields, 13 an appearance, 14 to 18 what was hidden there by whoever prepared it. */
    private static byte[] base(String contents, String more) {
        RawPdf pdf = new RawPdf("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n").object(1, "<</Type/Catalog/Pages 2 0 R/AcroForm 8 0 R" + more + ">>").object(2, "<</Type/Pages/Kids[3 0 R 16 0 R]/Count 2>>")
            .text("3 0 obj\n<</Type/Page/Hidden true/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 17 0 R>>\nendobj\n")
            .object(3, "<<" + SHOWN + "/Contents " + contents + ">>").stream(4, "", "BT /F1 24 Tf 72 700 Td (100 dong) Tj ET /Im Do").object(5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
            .stream(7, "/Type/XObject/Subtype/Form/BBox[0 0 100 100]", "1 g 0 0 50 50 re f").object(8, "<</Fields[10 0 R 11 0 R 12 0 R]/DA(/Helv 0 Tf 0 g)/DR<<>>>>")
            .object(10, field("HoTen", "")).object(11, field("SoTien", "/V(100)/AP<</N 13 0 R>>")).object(12, field("GhiChu", "/AP<</N 13 0 R>>"))
            .stream(13, "/Type/XObject/Subtype/Form/BBox[0 0 100 20]", "BT (100) Tj ET").object(14, "<</Type/Page/Parent 15 0 R/MediaBox[0 0 595 842]/Contents 17 0 R>>")
            .object(15, "<</Type/Pages/Kids[14 0 R]/Count 1>>").object(16, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>>>")
            .stream(17, "", "BT (20 ty dong) Tj ET").object(18, "<</Type/Font/Subtype/Type1/BaseFont/Symbol>>");
        return pdf.end(ROOT);
    }

    private static String field(String name, String more) {
        return "<</Type/Annot/Subtype/Widget/FT/Tx/T(" + name + ")/Rect[10 10 110 30]/F 4/P 3 0 R" + more + ">>";
    }

    private static String annotated(String annotation) {
        return annotated(SIGNED, annotation);
    }

    private static String annotated(byte[] pdf, String annotation) {
        return body(pdf, 3).replace("12 0 R", "12 0 R " + annotation);
    }

    private static int form(byte[] pdf) {
        return 8;
    }

    private static String formWith(byte[] pdf, String field) {
        return body(pdf, 8).replace("12 0 R", "12 0 R " + field);
    }

    private static String catalog(byte[] pdf) {
        return body(pdf, 1);
    }

    /** As the last revision has it. */
    private static String body(byte[] pdf, int number) {
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        MatchResult last = Pattern.compile("[\\r\\n]" + number + " 0 obj(.*?)endobj", Pattern.DOTALL).matcher(text).results().reduce((first, second) -> second).orElseThrow();
        return last.group(1).strip();
    }

    private static long place(byte[] pdf, String text) {
        return new String(pdf, StandardCharsets.ISO_8859_1).indexOf(text);
    }

    private static int gap(int group) {
        Matcher range = RANGE.matcher(new String(SIGNED, StandardCharsets.ISO_8859_1));
        assertThat(range.find()).isTrue();
        return Integer.parseInt(range.group(group + 1));
    }

    /** An update that gives the signature another range. */
    private static byte[] ranged(String range) {
        Matcher signature = SIGNATURE.matcher(new String(SIGNED, StandardCharsets.ISO_8859_1));
        assertThat(signature.find()).isTrue();
        int number = Integer.parseInt(signature.group(1));
        return update(SIGNED).object(number, RANGE.matcher(body(SIGNED, number)).replaceAll("/ByteRange[" + range + "]")).end(ROOT);
    }

    /** What was signed lies apart, with other content between, and an update tells so. */
    private static byte[] wrapped() {
        byte[] between = "<00>\n4 0 obj\n<</Length 3>>\nstream\n0 g\nendstream\nendobj\n".getBytes(StandardCharsets.US_ASCII);
        byte[] moved = concat(concat(Arrays.copyOf(SIGNED, gap(2)), between), Arrays.copyOfRange(SIGNED, gap(2), SIGNED.length));
        String body = body(SIGNED, signature());
        int after = gap(2) + between.length;
        return new RawPdf(moved).object(signature(), RANGE.matcher(body).replaceAll("/ByteRange[0 " + gap(1) + " " + after + " " + (SIGNED.length - gap(2)) + "]")).end(ROOT);
    }

    private static int signature() {
        Matcher signature = SIGNATURE.matcher(new String(SIGNED, StandardCharsets.ISO_8859_1));
        assertThat(signature.find()).isTrue();
        return Integer.parseInt(signature.group(1));
    }

    private static byte[] sign(byte[] pdf, @Nullable Certification certification) {
        SignatureRequest request = new SignatureRequest(SIGNING.document("a.pdf", pdf), SignatureLevel.B, Packaging.ENVELOPED, SignatureAlgorithm.ECDSA_SHA256, KEY.chain(), Instant.now(), null, null)
            .with(new Particulars(null, certification, null, null));
        try (PreparedSignature prepared = SIGNING.pades.prepare(request)) {
            return TestSigning.bytes(prepared.complete(KEY.sign(SignatureAlgorithm.ECDSA_SHA256, prepared.toBeSigned())).file());
        }
    }

    private static byte[] concat(byte[] one, String other) {
        return concat(one, other.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
