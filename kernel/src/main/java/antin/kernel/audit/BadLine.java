package antin.kernel.audit;

/** The first line that does not fit. */
final class BadLine extends Exception {

    private final String finding;

    BadLine(String file, long number, String what) {
        super(what);
        this.finding = "Line " + number + " of " + file + " " + what + ".";
    }

    /** As a sentence. */
    String finding() {
        return finding;
    }
}
