package antin.signing.fuzz;

import antin.signing.signature.Packaging;
import antin.signing.signature.Particulars;
import java.util.List;

/** XML to be signed, with XAdES and without. */
public final class PrepareXml {

    private PrepareXml() {
    }

    public static void fuzzerInitialize() {
        City.underJazzer(PrepareXml::seeds);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        Contract.hold(() -> City.once().prepare("XAdES", Packaging.ENVELOPED, data, Particulars.NONE));
        Contract.hold(() -> City.once().prepare("XMLDSig", Packaging.ENVELOPED, data, Particulars.NONE));
    }

    static List<byte[]> seeds() {
        return List.of(City.CONTENT, City.once().sign("XAdES", Packaging.ENVELOPED, City.CONTENT), City.once().sign("XMLDSig", Packaging.ENVELOPED, City.CONTENT));
    }
}
