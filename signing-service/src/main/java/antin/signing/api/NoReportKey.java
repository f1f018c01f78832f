package antin.signing.api;

/** A report to print is asked for, and no key is named that seals it. */
final class NoReportKey extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoReportKey() {
        super("This service gives out no reports as PDF: its setting report-key names no key that seals them.");
    }
}
