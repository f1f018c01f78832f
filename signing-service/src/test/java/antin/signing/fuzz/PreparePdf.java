package antin.signing.fuzz;

import antin.signing.TestDocuments;
import antin.signing.signature.Layout;
import antin.signing.signature.Layout.Colour;
import antin.signing.signature.Layout.Place;
import antin.signing.signature.Packaging;
import antin.signing.signature.Particulars;
import java.util.List;

/** A PDF to be signed, once with nothing seen and once with a text on its page. */
public final class PreparePdf {

    private static final Particulars SEEN = new Particulars(null, null, new Layout(new Place(1, 20, 20, 60, 30), "Số: 12/QĐ-UBND", 10, Colour.RED, null), null);

    private PreparePdf() {
    }

    public static void fuzzerInitialize() {
        City.underJazzer(PreparePdf::seeds);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        Contract.hold(() -> City.once().prepare("PAdES", Packaging.ENVELOPED, data, Particulars.NONE));
        Contract.hold(() -> City.once().prepare("PAdES", Packaging.ENVELOPED, data, SEEN));
    }

    static List<byte[]> seeds() {
        byte[] plain = TestDocuments.emptyPdf();
        return List.of(plain, City.once().sign("PAdES", Packaging.ENVELOPED, plain));
    }
}
