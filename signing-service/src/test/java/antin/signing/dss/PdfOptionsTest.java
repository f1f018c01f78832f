package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.SignatureAlgorithm;
import antin.signing.TestDocuments;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.signature.Document;
import antin.signing.signature.Layout;
import antin.signing.signature.Layout.Colour;
import antin.signing.signature.Layout.Place;
import antin.signing.signature.Packaging;
import antin.signing.signature.Particulars;
import antin.signing.signature.Particulars.Certification;
import antin.signing.signature.Password;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.Conclusion;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationWidget;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDSignatureField;
import org.apache.pdfbox.pdmodel.interactive.form.PDTextField;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields, certification, locks, passwords and visible signatures. */
class PdfOptionsTest {

    private static final TestPki PKI = new TestPki();
    private static final TestKey EC = TestKey.ec(PKI);
    private static final TestSigning SIGNING = new TestSigning(PKI);
    private static final Instant NOW = Instant.now();

    @AfterAll
    static void stop() {
        PKI.close();
    }

    @Test
    void keepsEachEarlierSignatureValid() {
        byte[] pdf = TestDocuments.pdf(3_000);
        for (int count = 1; count <= 4; count++) {
            pdf = sign(pdf, Particulars.NONE, null, count == 2 ? SignatureLevel.LTA : SignatureLevel.B);
            assertAllValid(pdf, count);
        }
    }

    @Test
    void signsInAnEmptyFieldThatIsThere() throws IOException {
        byte[] signed = sign(withField(null), field("ChuKyLanhDao"), null, SignatureLevel.B);
        assertAllValid(signed, 1);
        try (PDDocument pdf = Loader.loadPDF(signed)) {
            assertThat(pdf.getSignatureFields()).hasSize(1);
            assertThat(pdf.getSignatureFields().getFirst().getSignature()).isNotNull();
        }
        refused(Kind.SIGNATURE_FORBIDDEN, () -> sign(signed, field("ChuKyLanhDao"), null, SignatureLevel.B));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Khong co", "HoTen"})
    void refusesAFieldThatIsNoneForSignatures(String name) throws IOException {
        byte[] pdf = withField(null);
        refused(Kind.MALFORMED_DOCUMENT, () -> sign(pdf, field(name), null, SignatureLevel.B));
    }

    @ParameterizedTest
    @EnumSource
    void certifiesOnceAndHoldsOthersToIt(Certification certification) throws IOException {
        byte[] pdf = withField(null);
        byte[] certified = sign(pdf, new Particulars(null, certification, null, null), null, SignatureLevel.B);
        assertAllValid(certified, 1);
        assertThat(new String(certified, java.nio.charset.StandardCharsets.ISO_8859_1)).contains("/DocMDP");
        refused(Kind.SIGNATURE_FORBIDDEN, () -> sign(certified, new Particulars(null, Certification.ANNOTATIONS, null, null), null, SignatureLevel.B));
        if (certification == Certification.NO_CHANGES) {
            refused(Kind.SIGNATURE_FORBIDDEN, () -> sign(certified, Particulars.NONE, null, SignatureLevel.B));
        } else {
            assertAllValid(sign(certified, field("ChuKyLanhDao"), null, SignatureLevel.B), 2);
        }
    }

    @Test
    void carriesACertifyingSignatureThatAllowsNothingToTheHighestLevel() {
        assertAllValid(sign(TestDocuments.pdf(3_000), new Particulars(null, Certification.NO_CHANGES, null, null), null, SignatureLevel.LTA), 1);
    }

    @Test
    void honoursTheLockOfAField() throws IOException {
        byte[] pdf = withField("All");
        byte[] signed = sign(pdf, field("ChuKyLanhDao"), null, SignatureLevel.B);
        assertAllValid(signed, 1);
        assertThat(new String(signed, java.nio.charset.StandardCharsets.ISO_8859_1)).contains("/FieldMDP");
        refused(Kind.SIGNATURE_FORBIDDEN, () -> sign(signed, Particulars.NONE, null, SignatureLevel.B));
        refused(Kind.MALFORMED_REQUEST, () -> sign(pdf, new Particulars("ChuKyLanhDao", Certification.FORM_FILLING, null, null), null, SignatureLevel.B));
    }

    @ParameterizedTest
    @EnumSource
    void signsAnEncryptedDocumentWhichStaysSo(SignatureLevel level) throws IOException {
        byte[] signed = sign(encrypted(true), Particulars.NONE, "mở", level);
        assertThatThrownBy(() -> Loader.loadPDF(signed).close()).isInstanceOf(org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException.class);
        ValidationReport report = SIGNING.validation.validate(document(signed, "mở"), List.of());
        assertThat(report.signatures()).hasSize(1);
        assertThat(report.conclusion()).isEqualTo(Conclusion.VALID);
        assertThat(report.signatures().getFirst().format()).endsWith(level.name());
        refused(Kind.DOCUMENT_LOCKED, () -> SIGNING.validation.validate(document(signed, null), List.of()));
        if (level == SignatureLevel.LTA) {
            byte[] second = sign(signed, Particulars.NONE, "mở", SignatureLevel.B);
            assertThat(SIGNING.validation.validate(document(second, "mở"), List.of()).conclusion()).isEqualTo(Conclusion.VALID);
        }
    }

    @Test
    void saysThatAPasswordIsMissingOrAnother() throws IOException {
        byte[] pdf = encrypted(true);
        for (String password : new @Nullable String[] {null, "", "khác"}) {
            refused(Kind.DOCUMENT_LOCKED, () -> sign(pdf, Particulars.NONE, password, SignatureLevel.B));
            refused(Kind.DOCUMENT_LOCKED, () -> sign(pdf, field("ChuKyLanhDao"), password, SignatureLevel.B));
        }
        assertThat(document(pdf, "bí mật").toString()).doesNotContain("bí mật");
    }

    @Test
    void keepsToWhatAnEncryptedDocumentPermits() throws IOException {
        byte[] pdf = encrypted(false);
        refused(Kind.SIGNATURE_FORBIDDEN, () -> sign(pdf, Particulars.NONE, "mở", SignatureLevel.B));
        byte[] signed = sign(pdf, Particulars.NONE, "chủ", SignatureLevel.B);
        assertThat(SIGNING.validation.validate(document(signed, "mở"), List.of()).conclusion()).isEqualTo(Conclusion.VALID);
    }

    @Test
    void showsTheLeadersPictureAndTheSealOverIt() throws IOException {
        byte[] leader = sign(TestDocuments.pdf(3_000), shown(new Layout(new Place(1, 120, 200, 50, 20), null, 10, Colour.BLACK, png(Color.BLUE))), null, SignatureLevel.B);
        byte[] sealed = sign(leader, shown(new Layout(new Place(-1, 100, 190, 36, 36), null, 10, Colour.BLACK, png(Color.RED))), null, SignatureLevel.LTA);
        assertAllValid(sealed, 2);
        try (PDDocument pdf = Loader.loadPDF(sealed)) {
            PDRectangle place = pdf.getSignatureFields().get(1).getWidgets().getFirst().getRectangle();
            assertThat(place.getWidth()).isCloseTo(36 * 72 / 25.4f, org.assertj.core.data.Offset.offset(0.1f));
            assertThat(place.getUpperRightY()).isCloseTo(pdf.getPage(0).getMediaBox().getHeight() - 190 * 72 / 25.4f, org.assertj.core.data.Offset.offset(0.1f));
        }
    }

    @Test
    void writesVietnameseWithAnEmbeddedFont() throws IOException {
        Layout layout = new Layout(new Place(1, 120, 10, 80, 12), "Số: 12/QĐ-UBND\nNgày ký: 2026-11-23T10:11:12+07:00", 10, Colour.BLACK, null);
        byte[] signed = sign(TestDocuments.pdf(3_000), shown(layout), null, SignatureLevel.LT);
        assertAllValid(signed, 1);
        try (PDDocument pdf = Loader.loadPDF(signed)) {
            PDAnnotationWidget widget = pdf.getSignatureFields().getFirst().getWidgets().getFirst();
            var resources = widget.getNormalAppearanceStream().getResources();
            for (COSName name : resources.getFontNames()) {
                assertThat(resources.getFont(name).isEmbedded()).isTrue();
                assertThat(resources.getFont(name).getName()).contains("Tinos");
            }
            assertThat(resources.getFontNames()).isNotEmpty();
        }
        assertThat(signed.length).isLessThan(150_000);
    }

    @Test
    void preparesEqualLayoutsAlike() throws IOException {
        Particulars both = shown(new Layout(new Place(1, 120, 10, 80, 20), "Ký: Ủy ban nhân dân", 10, Colour.RED, png(Color.RED)));
        Document plain = document(TestDocuments.pdf(3_000), null);
        assertThat(toBeSigned(plain, both)).isEqualTo(toBeSigned(plain, both));
        Document locked = document(encrypted(true), "mở");
        assertThat(toBeSigned(locked, Particulars.NONE)).isEqualTo(toBeSigned(locked, Particulars.NONE));
    }

    @Test
    void refusesALayoutThatCannotBe() throws IOException {
        byte[] pdf = withField(null);
        refused(Kind.MALFORMED_DOCUMENT, () -> sign(pdf, shown(new Layout(new Place(2, 1, 1, 10, 10), "a", 10, Colour.BLACK, null)), null, SignatureLevel.B));
        refused(Kind.MALFORMED_DOCUMENT, () -> sign(pdf, shown(new Layout(new Place(1, 200, 1, 100, 10), "a", 10, Colour.BLACK, null)), null, SignatureLevel.B));
        refused(Kind.MALFORMED_REQUEST, () -> sign(pdf, shown(new Layout(new Place(1, 1, 1, 50, 10), "字", 10, Colour.BLACK, null)), null, SignatureLevel.B));
        refused(Kind.MALFORMED_REQUEST, () -> sign(pdf, shown(new Layout(new Place(1, 1, 1, 50, 4), "a\nb", 10, Colour.BLACK, null)), null, SignatureLevel.B));
        refused(Kind.MALFORMED_REQUEST, () -> sign(pdf, shown(new Layout(new Place(1, 1, 1, 50, 10), null, 10, Colour.BLACK, new byte[] {1, 2})), null, SignatureLevel.B));
        refused(Kind.MALFORMED_REQUEST, () -> sign(pdf, shown(new Layout(new Place(1, 1, 1, 20, 10), "Ủy ban nhân dân thành phố", 10, Colour.BLACK, null)), null, SignatureLevel.B));
        Layout inField = new Layout(null, "Đã ký", 10, Colour.BLUE, null);
        assertAllValid(sign(pdf, new Particulars("ChuKyLanhDao", null, inField, null), null, SignatureLevel.B), 1);
    }

    private static byte[] sign(byte[] pdf, Particulars particulars, @Nullable String password, SignatureLevel level) {
        try (PreparedSignature prepared = SIGNING.pades.prepare(request(document(pdf, password), particulars, level))) {
            return TestSigning.bytes(prepared.complete(EC.sign(SignatureAlgorithm.ECDSA_SHA256, prepared.toBeSigned())).file());
        }
    }

    private static byte[] toBeSigned(Document document, Particulars particulars) {
        try (PreparedSignature prepared = SIGNING.pades.prepare(request(document, particulars, SignatureLevel.B))) {
            return prepared.toBeSigned();
        }
    }

    private static SignatureRequest request(Document document, Particulars particulars, SignatureLevel level) {
        return new SignatureRequest(document, level, Packaging.ENVELOPED, SignatureAlgorithm.ECDSA_SHA256, EC.chain(), NOW, null, null, particulars);
    }

    private static Document document(byte[] pdf, @Nullable String password) {
        return SIGNING.document("a.pdf", pdf).openedBy(password == null ? null : new Password(password));
    }

    private static void assertAllValid(byte[] pdf, int count) {
        ValidationReport report = SIGNING.validate(pdf);
        assertThat(report.signatures()).hasSize(count);
        assertThat(report.conclusion()).as(report.toString()).isEqualTo(Conclusion.VALID);
    }

    private static void refused(Kind kind, ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).as(problem.detail()).isEqualTo(kind));
    }

    private static Particulars field(String name) {
        return new Particulars(name, null, null, null);
    }

    private static Particulars shown(Layout layout) {
        return new Particulars(null, null, layout, null);
    }

    static byte[] png(Color colour) throws IOException {
        BufferedImage picture = new BufferedImage(200, 200, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = picture.createGraphics();
        pen.setColor(colour);
        pen.drawOval(10, 10, 180, 180);
        pen.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", out);
        return out.toByteArray();
    }

    /** With a text field and an empty one for a signature. */
    private static byte[] withField(@Nullable String lock) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PDDocument pdf = Loader.loadPDF(TestDocuments.pdf(3_000))) {
            PDAcroForm form = new PDAcroForm(pdf);
            pdf.getDocumentCatalog().setAcroForm(form);
            PDSignatureField field = new PDSignatureField(form);
            field.setPartialName("ChuKyLanhDao");
            PDAnnotationWidget widget = field.getWidgets().getFirst();
            widget.setRectangle(new PDRectangle(300, 100, 200, 60));
            widget.setPage(pdf.getPage(0));
            pdf.getPage(0).getAnnotations().add(widget);
            if (lock != null) {
                COSDictionary dictionary = new COSDictionary();
                dictionary.setItem(COSName.TYPE, COSName.getPDFName("SigFieldLock"));
                dictionary.setName("Action", lock);
                field.getCOSObject().setItem("Lock", dictionary);
            }
            PDTextField text = new PDTextField(form);
            text.setPartialName("HoTen");
            form.setFields(List.of(field, text));
            pdf.save(out);
        }
        return out.toByteArray();
    }

    private static byte[] encrypted(boolean fields) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PDDocument pdf = Loader.loadPDF(TestDocuments.pdf(3_000))) {
            AccessPermission permission = new AccessPermission();
            permission.setCanModifyAnnotations(fields);
            permission.setCanModify(fields);
            permission.setCanFillInForm(fields);
            StandardProtectionPolicy policy = new StandardProtectionPolicy("chủ", "mở", permission);
            policy.setEncryptionKeyLength(256);
            pdf.protect(policy);
            pdf.save(out);
        }
        return out.toByteArray();
    }
}
