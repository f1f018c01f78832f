package antin.signing.fuzz;

import antin.kernel.Problem;

/** What every parser entry owes to a request: an answer, or a refusal that is the sender's to mend or passes by itself. Anything else is a finding. */
final class Contract {

    private static final int SERVER_ERROR = 500;
    private static final int TRY_LATER = 503;

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
}
