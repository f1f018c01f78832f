package antin.directory.transfer;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far an import is.
 *
 * @param actor         the number of the person who began it
 * @param dryRun        whether it only tells what would happen
 * @param lines         records in the file, as far as they were counted
 * @param done          of these, how many have their outcome: the sum of the four that follow
 * @param firstProblems the first ones by line; all are in the report
 * @param failure       why it FAILED
 */
public record Progress(String id, String fileName, String actor, boolean dryRun, State state, int lines, int done, int added, int changed, int unchanged, int refused,
    Instant begun, Optional<Instant> ended, List<LineProblem> firstProblems, Optional<Failure> failure) {

    /** FAILED: stopped for good before its end, with what was done until then kept; importing the file again goes on from there. */
    public enum State {
        WAITING, RUNNING, DONE, FAILED
    }

    /** Each has a text {@code import.failed.WORD} in the pages' languages. */
    public enum Failure {
        NOT_READABLE("The first line does not name the columns of people or of units: see the problems of line 1."),
        TOO_MANY_RECORDS("The file has more than 200,000 records: divide it."),
        DIRECTORY_AWAY("The directory did not answer for too long. What was done until then is kept: import the file again later."),
        DISK("The disk did not take what must be written down. What was done until then is kept: make room and import the file again."),
        UNEXPECTED("Something went wrong that nobody expected; the log says what. What was done until then is kept.");

        private final String sentence;

        Failure(String sentence) {
            this.sentence = sentence;
        }

        /** In English. */
        public String sentence() {
            return sentence;
        }

        /** Such as {@code directory-away}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Progress {
        firstProblems = List.copyOf(firstProblems);
    }
}
