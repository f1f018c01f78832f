package antin.signing.dss;

import static antin.signing.dss.AttackedPdf.CERTIFIED_1;
import static antin.signing.dss.AttackedPdf.CERTIFIED_2;
import static antin.signing.dss.AttackedPdf.CERTIFIED_3;
import static antin.signing.dss.AttackedPdf.PLAIN;
import static antin.signing.dss.AttackedPdf.ROOT;
import static antin.signing.dss.AttackedPdf.SIGNED;
import static antin.signing.dss.AttackedPdf.SIGNING;
import static antin.signing.dss.AttackedPdf.annotated;
import static antin.signing.dss.AttackedPdf.base;
import static antin.signing.dss.AttackedPdf.body;
import static antin.signing.dss.AttackedPdf.catalog;
import static antin.signing.dss.AttackedPdf.concat;
import static antin.signing.dss.AttackedPdf.field;
import static antin.signing.dss.AttackedPdf.sign;
import static antin.signing.dss.AttackedPdf.update;
import static org.assertj.core.api.Assertions.assertThat;

import antin.signing.signature.Layout;
import antin.signing.signature.Layout.Colour;
import antin.signing.signature.Layout.Place;
import antin.signing.signature.Particulars;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.Coverage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What may come after a signature in a PDF, and what only looks so. */
class PdfUpdatesTest {

    private static final String NOTE = "<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/Contents(Da xem)/P 3 0 R>>";
    private static final String XMP = "/Type/Metadata/Subtype/XML";

    static Stream<Arguments> allowed() {
        byte[] described = sign(base("4 0 R", "/Metadata 30 0 R", pdf -> pdf.stream(30, XMP, "<x:xmpmeta/>")), null);
        return Stream.of(
            Arguments.of("nothing", Coverage.WHOLE, SIGNED),
            Arguments.of("blanks at the end", Coverage.WHOLE, concat(SIGNED, "\r\n \n")),
            Arguments.of("an object written again", Coverage.WHOLE, update(SIGNED).object(5, body(SIGNED, 5)).end(ROOT)),
            Arguments.of("the catalog written again", Coverage.WHOLE, update(SIGNED).object(1, catalog(SIGNED)).end(ROOT)),
            Arguments.of("text about the document", Coverage.WHOLE, update(described).object(60, "<</Title(a)/ModDate(D:20261123)>>").stream(30, XMP, "<x:xmpmeta>2</x:xmpmeta>").end(ROOT + "/Info 60 0 R")),
            Arguments.of("an empty field filled in", Coverage.REVISION, update(SIGNED).stream(61, "/Type/XObject/Subtype/Form/BBox[0 0 100 20]", "BT (An) Tj ET").object(10, field("HoTen", "/V(An)/AP<</N 61 0 R>>")).end(ROOT)),
            Arguments.of("filled in as certified", Coverage.REVISION, update(CERTIFIED_2).object(10, field("HoTen", "/V(An)")).end(ROOT)),
            Arguments.of("a note as certified", Coverage.REVISION, update(CERTIFIED_3).object(60, NOTE).object(3, annotated(CERTIFIED_3, "60 0 R")).end(ROOT)),
            Arguments.of("a second signature", Coverage.REVISION, sign(SIGNED, null)),
            Arguments.of("a second signature as certified", Coverage.REVISION, sign(CERTIFIED_2, null)),
            Arguments.of("a third one with time stamps", Coverage.REVISION, sign(sign(SIGNED, null), Particulars.NONE, SignatureLevel.LTA)),
            Arguments.of("validation data and a time stamp where nothing may change", Coverage.WHOLE, extended(CERTIFIED_1)),
            Arguments.of("carried on twice", Coverage.WHOLE, extended(extended(SIGNED))),
            Arguments.of("a small picture of a second signature", Coverage.REVISION, sign(SIGNED, seen(50, 30), SignatureLevel.B)));
    }

    /** Each is one thing by its name and another by its use, so that a change that is allowed to the one shows in the other. */
    static Stream<Arguments> disguised() {
        byte[] metadata = sign(base("30 0 R", "/Metadata 30 0 R", pdf -> pdf.stream(30, XMP, "0 g")), null);
        byte[] store = sign(base("31 0 R", "/DSS 32 0 R", pdf -> pdf.object(31, "[4 0 R]").object(32, "<</Certs 31 0 R>>")), null);
        byte[] large = sign(SIGNED, seen(200, 250), SignatureLevel.B);
        byte[] cropped = sign(sign(cropped(), null), seen(5, 766, 200, 250), SignatureLevel.B);
        byte[] several = SIGNED;
        for (int left : new int[] {1, 2, 3}) {
            several = sign(several, seen(left, 5, 110, 110), SignatureLevel.B);
        }
        return Stream.of(
            Arguments.of("description that is a page", "OBJECT_CHANGED", update(metadata).stream(30, XMP, "1 g 0 0 595 842 re f").end(ROOT)),
            Arguments.of("certificates that are a page", "OBJECT_CHANGED", update(store).stream(60, "", "1 g 0 0 595 842 re f").object(31, "[4 0 R 60 0 R]").end(ROOT)),
            Arguments.of("certificates that are a picture", "CATALOG_CHANGED", update(SIGNED).stream(60, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "0 g")
                .object(61, "<</Certs[60 0 R]>>").object(1, catalog(SIGNED).replace("/Pages", "/DSS 61 0 R/Pages")).end(ROOT)),
            Arguments.of("signature that hides the page", "PAGE_COVERED", large),
            Arguments.of("signature that hides what is seen of a large page", "PAGE_COVERED", cropped),
            Arguments.of("signatures that hide the page together", "PAGE_COVERED", several));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("allowed")
    void isStillValid(String what, Coverage covers, byte[] pdf) {
        ValidationReport report = SIGNING.validate(pdf);
        assertThat(report.conclusion()).as(report.toString()).isEqualTo(Conclusion.VALID);
        assertThat(report.signatures().getFirst().covers()).isEqualTo(covers);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("disguised")
    void isNotFooledByWhatIsTwoThings(String what, String reason, byte[] pdf) {
        assertThat(SIGNING.validate(pdf).signatures().getFirst().reasons()).contains(reason);
    }

    @Test
    void isMadeOfValidDocuments() {
        assertThat(SIGNING.validate(PLAIN).signatures()).isEmpty();
        assertThat(SIGNING.validate(SIGNED).conclusion()).isEqualTo(Conclusion.VALID);
    }

    private static byte[] extended(byte[] pdf) {
        return TestSigning.bytes(SIGNING.pades.extend(SIGNING.document("a.pdf", pdf), java.util.List.of(), SignatureLevel.LTA).file());
    }

    /** Of a page of one metre, A4 is seen. */
    private static byte[] cropped() {
        return new RawPdf("%PDF-1.7\n").object(1, "<</Type/Catalog/Pages 2 0 R>>").object(2, "<</Type/Pages/Kids[3 0 R]/Count 1/CropBox[0 0 595 842]>>")
            .object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 3000 3000]>>").end("/Root 1 0 R/Size 4");
    }

    private static Particulars seen(int width, int height) {
        return seen(5, 5, width, height);
    }

    private static Particulars seen(int left, int top, int width, int height) {
        return new Particulars(null, null, new Layout(new Place(1, left, top, width, height), "Đã ký", 10, Colour.BLACK, null), null);
    }
}
