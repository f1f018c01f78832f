package antin.signing.dss;

import static antin.signing.dss.AttackedPdf.CERTIFIED_1;
import static antin.signing.dss.AttackedPdf.CERTIFIED_2;
import static antin.signing.dss.AttackedPdf.CERTIFIED_3;
import static antin.signing.dss.AttackedPdf.NOTE;
import static antin.signing.dss.AttackedPdf.PLAIN;
import static antin.signing.dss.AttackedPdf.ROOT;
import static antin.signing.dss.AttackedPdf.SHOWN;
import static antin.signing.dss.AttackedPdf.SIGNED;
import static antin.signing.dss.AttackedPdf.SIGNING;
import static antin.signing.dss.AttackedPdf.annotated;
import static antin.signing.dss.AttackedPdf.catalog;
import static antin.signing.dss.AttackedPdf.concat;
import static antin.signing.dss.AttackedPdf.field;
import static antin.signing.dss.AttackedPdf.formWith;
import static antin.signing.dss.AttackedPdf.gap;
import static antin.signing.dss.AttackedPdf.place;
import static antin.signing.dss.AttackedPdf.ranged;
import static antin.signing.dss.AttackedPdf.update;
import static antin.signing.dss.AttackedPdf.wrapped;
import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.Problem;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.SignatureReport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The attacks on PDF that docs/validation/attacks.md tells of, by their names there. Each is made of a document whose signature is valid before. */
class PdfAttacksTest {

    static Stream<Arguments> attacks() {
        String free = NOTE + "/Subtype/FreeText/DA(/Helv 12 Tf)";
        return Stream.of(
            attack("painted-over", "PAGE_CHANGED", update(SIGNED).stream(60, "", "1 g 0 0 595 842 re f").object(3, "<<" + SHOWN + "/Contents[4 0 R 60 0 R]>>")),
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
            attack("annotation-text", "ANNOTATION_ADDED", update(SIGNED).object(60, "<<" + free + ">>").object(3, annotated("60 0 R"))),
            attack("annotation-stamp", "ANNOTATION_ADDED", update(SIGNED).object(60, "<<" + NOTE + "/Subtype/Stamp>>").object(3, annotated("60 0 R"))),
            attack("annotation-note-not-allowed", "ANNOTATION_ADDED", update(SIGNED).object(60, "<<" + NOTE + "/Subtype/Text>>").object(3, annotated("60 0 R"))),
            attack("annotation-removed", "PAGE_CHANGED", update(SIGNED).object(3, "<<" + SHOWN.replace("10 0 R 11 0 R", "11 0 R") + "/Contents 4 0 R>>")),
            attack("certified-evil-annotation", "ANNOTATION_ADDED", update(CERTIFIED_3).object(60, "<<" + free + ">>").object(3, annotated(CERTIFIED_3, "60 0 R"))),
            attack("certified-note-with-picture", "ANNOTATION_ADDED", update(CERTIFIED_3).stream(61, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "1 g 0 0 9 9 re f")
                .object(60, "<<" + NOTE + "/Subtype/Highlight/AP<</N 61 0 R>>>>").object(3, annotated(CERTIFIED_3, "60 0 R"))),
            attack("certified-sneaky-signature", "FIELD_ADDED", update(CERTIFIED_2).stream(61, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "1 g 0 0 9 9 re f")
                .object(60, "<<" + NOTE + "/Subtype/Widget/FT/Sig/T(x)/AP<</N 61 0 R>>>>").object(8, formWith(CERTIFIED_2, "60 0 R"))),
            attack("certified-filled-in", "CHANGE_FORBIDDEN", update(CERTIFIED_1).object(10, field("HoTen", "/V(Nguyen Van A)"))),
            attack("value-changed", "FORM_CHANGED", update(SIGNED).object(11, field("SoTien", "/V(20 ty)"))),
            attack("value-shown-then-filled", "FORM_CHANGED", update(SIGNED).object(12, field("GhiChu", "/V(20 ty)"))),
            attack("appearance-changed", "FORM_CHANGED", update(SIGNED).object(11, field("SoTien", "/V(100)/AP<</N 7 0 R>>"))),
            attack("appearance-replaced", "OBJECT_CHANGED", update(SIGNED).stream(13, "/Type/XObject/Subtype/Form/BBox[0 0 100 20]", "BT (20 ty) Tj ET")),
            attack("field-moved", "FORM_CHANGED", update(SIGNED).object(11, field("SoTien", "/V(100)").replace("[10 10 110 30]", "[100 600 400 700]"))),
            attack("field-removed", "FORM_CHANGED", update(SIGNED).object(8, formWith(SIGNED, "").replace("10 0 R 11 0 R", "11 0 R"))),
            attack("field-added", "FIELD_ADDED", update(SIGNED).object(60, "<<" + NOTE + "/Subtype/Widget/FT/Tx/T(y)/V(20 ty)>>").object(8, formWith(SIGNED, "60 0 R"))),
            attack("script-added", "CATALOG_CHANGED", update(SIGNED).object(1, catalog(SIGNED).replace("/Pages", "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/Pages"))),
            attack("layers-added", "CATALOG_CHANGED", update(SIGNED).object(1, catalog(SIGNED).replace("/Pages", "/OCProperties<</OCGs[]/D<<>>>>/Pages"))),
            attack("appearances-made-anew", "FORM_CHANGED", update(SIGNED).object(8, formWith(SIGNED, "").replace("/Fields", "/NeedAppearances true/Fields"))),
            attack("xfa-added", "FORM_CHANGED", update(SIGNED).object(8, formWith(SIGNED, "").replace("/Fields", "/XFA(x)/Fields"))),
            attack("other-generation", "OBJECT_CHANGED", update(SIGNED).object(4, 1, "<</Length 1>>\nstream\n \nendstream")));
    }

    static Stream<Arguments> structures() {
        byte[] other = update(SIGNED).object(60, catalog(SIGNED).replace("/Pages 2 0 R", "/Pages 15 0 R")).end(ROOT.replace("1 0 R", "60 0 R"));
        byte[] loose = new RawPdf(SIGNED).text("4 0 obj\n<</Length 1>>\nstream\n \nendstream\nendobj\n").text("%%EOF\n").end("", 0);
        return Stream.of(
            Arguments.of("catalog-switched", "CATALOG_CHANGED", other),
            Arguments.of("objects-without-references", "CONTENT_OUTSIDE_SIGNATURE", concat(SIGNED, "4 0 obj\n<</Length 1>>\nstream\n \nendstream\nendobj\n")),
            Arguments.of("update-beside-the-signed-one", "", update(SIGNED).stream(4, "", "0 g").end(ROOT, RawPdf.last(PLAIN))),
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
}
