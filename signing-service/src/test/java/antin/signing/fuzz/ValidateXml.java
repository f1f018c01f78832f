package antin.signing.fuzz;

import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.ValidationReport.Conclusion;
import java.util.List;

/** A document with XAdES. Where its signature holds, the text that was signed is in it. */
public final class ValidateXml {

    private ValidateXml() {
    }

    public static void fuzzerInitialize() {
        City.underJazzer(ValidateXml::seeds);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        Contract.hold(() -> {
            if (City.once().validate(City.once().dss, data).conclusion() == Conclusion.VALID) {
                Contract.sameContent(Octets.hasText(data));
            }
        });
    }

    static List<byte[]> seeds() {
        return List.of(City.once().sign("XAdES", Packaging.ENVELOPED, City.CONTENT), City.once().sign("XAdES", Packaging.ENVELOPED, City.CONTENT, SignatureLevel.LTA));
    }
}
