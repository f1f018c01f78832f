package antin.signing.fuzz;

import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.ValidationReport.Conclusion;
import java.util.List;

/** ASiC. Where the signature holds, the container has what was signed. */
public final class ValidateContainer {

    private ValidateContainer() {
    }

    public static void fuzzerInitialize() {
        City.underJazzer(ValidateContainer::seeds);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        Contract.hold(() -> {
            if (City.once().validate(City.once().dss, data).conclusion() == Conclusion.VALID) {
                Contract.sameContent(Octets.hasEntry(data, City.CONTENT));
            }
        });
    }

    static List<byte[]> seeds() {
        return List.of(City.once().sign("ASiC-S", Packaging.DETACHED, City.CONTENT), City.once().sign("ASiC-E", Packaging.DETACHED, City.CONTENT),
            City.once().sign("ASiC-E", Packaging.DETACHED, City.CONTENT, SignatureLevel.LTA));
    }
}
