package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.pdf.Unpacked;
import antin.signing.signature.Document;
import antin.signing.signature.Layout;
import antin.signing.signature.Particulars;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationWidget;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDField;
import org.apache.pdfbox.pdmodel.interactive.form.PDSignatureField;
import org.jspecify.annotations.Nullable;

/**
 * Where in a PDF a signature goes that is asked to go somewhere, in points from the upper left corner of its page.
 *
 * @param page    from 1
 * @param archive the part of PDF/A (ISO 19005) that the document says it keeps; 0 for none
 */
record PdfPlace(int page, float left, float top, float width, float height, int archive) {

    private static final float POINTS = 72 / 25.4f; // in a millimetre
    private static final int LARGEST_METADATA = 16 << 20;
    private static final Pattern ARCHIVE = Pattern.compile("pdfaid:part(?:=[\"']|>)\\s*([1-4])");

    /** @throws Problem where the document has no such place, or it is taken, or it cannot be certified */
    static PdfPlace find(Document document, Particulars particulars) {
        String password = document.password() == null ? "" : document.password().secret();
        try (PDDocument pdf = Loader.loadPDF(document.file().toFile(), password, MemoryUsageSetting.setupMixed(8 << 20, PdfObjects.LARGEST_SWOLLEN).streamCache)) {
            PDSignatureField field = particulars.field() == null ? null : field(pdf, particulars.field());
            if (particulars.certify() != null) {
                checkFirst(pdf, field);
            }
            Layout layout = particulars.layout();
            if (layout == null) {
                return new PdfPlace(1, 0, 0, 0, 0, 0);
            }
            int archive = archive(pdf);
            if (archive > 0 && layout.picture() != null) {
                checkColours(pdf);
            }
            return field == null ? free(pdf, layout, archive) : existing(pdf, field, layout, archive);
        } catch (InvalidPasswordException e) {
            throw Guard.locked(e);
        } catch (IOException e) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The PDF is broken.", e);
        }
    }

    private static PDSignatureField field(PDDocument pdf, String name) {
        PDAcroForm form = pdf.getDocumentCatalog().getAcroForm();
        PDField field = form == null ? null : form.getField(name);
        if (!(field instanceof PDSignatureField signatureField)) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The document has no signature field of this name.");
        }
        if (signatureField.getSignature() != null) {
            throw new Problem(Kind.SIGNATURE_FORBIDDEN, "The signature field is signed already.");
        }
        return signatureField;
    }

    /** ISO 32000-2, 12.8.2.2.1: only the first signature certifies; and a field's lock would take the place of its words. */
    private static void checkFirst(PDDocument pdf, @Nullable PDSignatureField field) {
        if (pdf.getSignatureDictionaries().stream().anyMatch(signature -> signature.getCOSObject().containsKey(COSName.BYTERANGE))) {
            throw new Problem(Kind.SIGNATURE_FORBIDDEN, "The document is signed already. Only its first signature can certify it.");
        }
        if (field != null && field.getCOSObject().getDictionaryObject(COSName.getPDFName("Lock")) instanceof COSDictionary) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The signature field has a lock of its own, so a signature in it cannot certify the document.");
        }
    }

    private static PdfPlace free(PDDocument pdf, Layout layout, int archive) {
        Layout.Place place = layout.place();
        if (place == null) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The option \"layout\" must say page, left, top, width and height, or go with a \"field\".");
        }
        int number = place.page() == -1 ? pdf.getNumberOfPages() : place.page();
        if (number > pdf.getNumberOfPages()) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The document has only " + pdf.getNumberOfPages() + " pages.");
        }
        PDPage page = pdf.getPage(number - 1);
        PDRectangle box = page.getMediaBox();
        boolean lying = page.getRotation() % 180 != 0;
        float width = lying ? box.getHeight() : box.getWidth();
        float height = lying ? box.getWidth() : box.getHeight();
        if ((place.left() + place.width()) * POINTS > width || (place.top() + place.height()) * POINTS > height) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The place in \"layout\" is not on the page, which is " + Math.round(width / POINTS) + " x " + Math.round(height / POINTS) + " mm.");
        }
        return new PdfPlace(number, place.left() * POINTS, place.top() * POINTS, place.width() * POINTS, place.height() * POINTS, archive);
    }

    private static PdfPlace existing(PDDocument pdf, PDSignatureField field, Layout layout, int archive) throws IOException {
        if (layout.place() != null) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The signature field says where the signature is seen; \"layout\" must not.");
        }
        PDAnnotationWidget widget = field.getWidgets().getFirst();
        PDRectangle place = widget.getRectangle();
        List<COSDictionary> own = List.of(widget.getCOSObject());
        int number = 0;
        for (PDPage page : pdf.getPages()) {
            number++;
            boolean here = page.getAnnotations().stream().anyMatch(one -> own.contains(one.getCOSObject()));
            if (here && place != null && place.getWidth() > 1 && place.getHeight() > 1) {
                PDRectangle box = page.getMediaBox();
                return new PdfPlace(number, place.getLowerLeftX() - box.getLowerLeftX(), box.getUpperRightY() - place.getUpperRightY(), place.getWidth(), place.getHeight(), archive);
            }
        }
        throw new Problem(Kind.MALFORMED_DOCUMENT, "The signature field is on no page, so nothing can be seen in it.");
    }

    private static int archive(PDDocument pdf) throws IOException {
        PDMetadata metadata = pdf.getDocumentCatalog().getMetadata();
        if (metadata == null) {
            return 0;
        }
        Matcher part = ARCHIVE.matcher(new String(Unpacked.of(metadata.getCOSObject(), LARGEST_METADATA), StandardCharsets.UTF_8));
        return part.find() ? Integer.parseInt(part.group(1)) : 0;
    }

    /** ISO 19005-2, 6.2.4.3: colours of a screen need a profile for them; one for print does not say what they are. */
    private static void checkColours(PDDocument pdf) throws IOException {
        for (var intent : pdf.getDocumentCatalog().getOutputIntents()) {
            if (intent.getDestOutputIntent() != null && intent.getDestOutputIntent().getInt(COSName.N) == 3) {
                return;
            }
        }
        throw new Problem(Kind.MALFORMED_DOCUMENT, "The document is PDF/A without an RGB output intent, and would not be PDF/A with a picture on it.");
    }
}
