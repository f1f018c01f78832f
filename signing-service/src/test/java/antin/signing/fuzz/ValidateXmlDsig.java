package antin.signing.fuzz;

import antin.signing.signature.Packaging;
import antin.signing.signature.ValidationReport.Conclusion;
import java.util.List;

/** XML with signatures that are no XAdES. Where they hold, the text that was signed is in it. */
public final class ValidateXmlDsig {

    private ValidateXmlDsig() {
    }

    public static void fuzzerInitialize() {
        City.underJazzer(ValidateXmlDsig::seeds);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        Contract.hold(() -> {
            if (City.once().validate(City.once().service, data).conclusion() == Conclusion.VALID) {
                Contract.sameContent(Octets.hasText(data));
            }
        });
    }

    static List<byte[]> seeds() {
        return List.of(City.once().sign("XMLDSig", Packaging.ENVELOPED, City.CONTENT), City.once().sign("XMLDSig", Packaging.ENVELOPING, City.CONTENT));
    }
}
