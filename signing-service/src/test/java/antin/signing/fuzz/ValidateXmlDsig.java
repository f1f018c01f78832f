package antin.signing.fuzz;

import antin.signing.signature.EtsiReport;
import antin.signing.signature.Packaging;
import antin.signing.signature.ValidationReport.Conclusion;
import java.nio.charset.StandardCharsets;
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
            EtsiReport reports = City.once().validateForPrograms(data);
            Contract.sameVerdict(reports);
            if (reports.report().conclusion() == Conclusion.VALID) {
                Contract.sameContent(Octets.hasText(data));
            }
        });
    }

    static List<byte[]> seeds() {
        byte[] signed = City.once().sign("XMLDSig", Packaging.ENVELOPED, City.CONTENT);
        return List.of(signed, twice(new String(signed, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8), City.once().sign("XMLDSig", Packaging.ENVELOPING, City.CONTENT));
    }

    /** With its signature two times. */
    private static String twice(String signed) {
        int end = signed.lastIndexOf("</quyetDinh>");
        return signed.substring(0, end) + signed.substring(signed.indexOf("<ds:Signature"), end) + signed.substring(end);
    }
}
