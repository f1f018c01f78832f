package antin.signing.fuzz;

import antin.kernel.Problem;
import antin.signing.signature.EtsiReport;
import antin.signing.signature.ValidationReport.Conclusion;
import java.util.regex.Pattern;

/** What every parser entry owes to a request: an answer, or a refusal that is the sender's to mend or passes by itself. Anything else is a finding. */
final class Contract {

    private static final int SERVER_ERROR = 500;
    private static final int TRY_LATER = 503;

    private static final Pattern PASSED = Pattern.compile("SignatureValidationStatus>\\s*<[^>]*MainIndication>urn:etsi:019102:mainindication:total-passed");

    private Contract() {
    }

    static void hold(Runnable reading) {
        try {
            reading.run();
        } catch (Problem e) {
            int status = e.kind().httpStatus();
            boolean noMemory = e.getCause() instanceof OutOfMemoryError;
            if (noMemory || status >= SERVER_ERROR && status != TRY_LATER) {
                throw new AssertionError("Answered with " + status + ": " + e.getMessage(), e);
            }
        }
    }

    /** A signature that holds is over what was signed. */
    static void sameContent(boolean same) {
        if (!same) {
            throw new AssertionError("VALID, over another content than what was signed");
        }
    }

    /** The XML says of each signature that it passed where ours does. */
    static void sameVerdict(EtsiReport reports) {
        long passed = reports.report().signatures().stream().filter(signature -> signature.conclusion() == Conclusion.VALID).count();
        if (PASSED.matcher(reports.xml()).results().count() > passed) {
            throw new AssertionError("The report in XML says more than ours: " + reports.report());
        }
    }
}
