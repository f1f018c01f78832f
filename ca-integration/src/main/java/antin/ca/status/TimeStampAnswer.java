package antin.ca.status;

/** What the time-stamping authority says: a TimeStampResp in DER, and how it came out. */
public record TimeStampAnswer(byte[] der, Outcome outcome) {

    /** With the word that metrics show. */
    public enum Outcome {
        GRANTED("granted"), REJECTED("rejected"), TIME_NOT_AVAILABLE("time-not-available"), FAILED("failed");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public TimeStampAnswer {
        der = der.clone();
    }

    /** Whether it holds a time stamp. */
    public boolean granted() {
        return outcome == Outcome.GRANTED;
    }
}
