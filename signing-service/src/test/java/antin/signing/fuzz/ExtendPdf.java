package antin.signing.fuzz;

import antin.signing.TestDocuments;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureLevel;
import java.util.List;

/** A signed PDF that is to last. Where it is not extended, it is refused. */
public final class ExtendPdf {

    private ExtendPdf() {
    }

    public static void fuzzerInitialize() {
        City.underJazzer(ExtendPdf::seeds);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        Contract.hold(() -> City.once().extend(data));
    }

    static List<byte[]> seeds() {
        byte[] plain = TestDocuments.emptyPdf();
        return List.of(City.once().sign("PAdES", Packaging.ENVELOPED, plain), City.once().sign("PAdES", Packaging.ENVELOPED, plain, SignatureLevel.LT));
    }
}
