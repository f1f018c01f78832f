package antin.signing.fuzz;

import antin.signing.TestDocuments;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.ValidationReport.Conclusion;
import java.util.List;

/** A signed PDF. Where its signature holds, the octets around its value are those that were signed. */
public final class ValidatePdf {

    /** Signed once, and not before the process is ready for it. */
    private static final class Signed {
        private static final List<byte[]> SEEDS = List.of(City.once().sign("PAdES", Packaging.ENVELOPED, TestDocuments.emptyPdf()),
            City.once().sign("PAdES", Packaging.ENVELOPED, TestDocuments.emptyPdf(), SignatureLevel.LTA));
    }

    private ValidatePdf() {
    }

    public static void fuzzerInitialize() {
        City.underJazzer(ValidatePdf::seeds);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        Contract.hold(() -> {
            if (City.once().validate(City.once().dss, data).conclusion() == Conclusion.VALID) {
                Contract.sameContent(seeds().stream().anyMatch(seed -> Octets.sameAroundContents(seed, data)));
            }
        });
    }

    static List<byte[]> seeds() {
        return Signed.SEEDS;
    }
}
