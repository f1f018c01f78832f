package antin.signing.fuzz;

import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.ValidationReport.Conclusion;
import java.util.List;

/** CAdES with its content. Where the signature holds, the content is what was signed. */
public final class ValidateCms {

    private ValidateCms() {
    }

    public static void fuzzerInitialize() {
        City.underJazzer(ValidateCms::seeds);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        Contract.hold(() -> {
            if (City.once().validate(City.once().dss, data).conclusion() == Conclusion.VALID) {
                Contract.sameContent(Octets.isCmsContent(data, City.CONTENT));
            }
        });
    }

    static List<byte[]> seeds() {
        return List.of(City.once().sign("CAdES", Packaging.ENVELOPING, City.CONTENT), City.once().sign("CAdES", Packaging.ENVELOPING, City.CONTENT, SignatureLevel.LTA));
    }
}
