package antin.ca.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of the clock that time stamps tell.
 *
 * @param verdict   whether they are given
 * @param offset    how far the clock is behind (positive) or ahead (negative) of the time servers; empty where none was asked or answered
 * @param compared  when it was last compared with a time server
 */
public record ClockState(Verdict verdict, Optional<Duration> offset, Optional<Instant> compared) {

    /** With the word that metrics and pages show. */
    public enum Verdict {
        /** Right within the tolerance. */
        TRUSTED("trusted"),
        /** No time server is configured: only steps back are seen. */
        UNCOMPARED("uncompared"),
        /** It differs from the time servers by more than the tolerance. */
        DRIFTED("drifted"),
        /** It went back, or jumped, against the machine's steady count of time. */
        STEPPED("stepped"),
        /** Time servers are configured, and none has vouched for it lately. */
        UNVOUCHED("unvouched");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** Whether time stamps are given (RFC 3161, 2.4.2: {@code timeNotAvailable} otherwise). */
    public boolean isGood() {
        return verdict == Verdict.TRUSTED || verdict == Verdict.UNCOMPARED;
    }

    /** A clock that nobody watches. */
    public static ClockState uncompared() {
        return new ClockState(Verdict.UNCOMPARED, Optional.empty(), Optional.empty());
    }
}
