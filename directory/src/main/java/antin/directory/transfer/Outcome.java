package antin.directory.transfer;

import java.util.List;

/**
 * What became of a record.
 *
 * @param problems why it was refused; none for the others
 */
record Outcome(Kind kind, List<LineProblem> problems) {

    static final Outcome ADDED = new Outcome(Kind.ADDED, List.of());
    static final Outcome CHANGED = new Outcome(Kind.CHANGED, List.of());
    static final Outcome UNCHANGED = new Outcome(Kind.UNCHANGED, List.of());

    enum Kind {
        ADDED, CHANGED, UNCHANGED, REFUSED
    }

    static Outcome refused(List<LineProblem> problems) {
        return new Outcome(Kind.REFUSED, List.copyOf(problems));
    }
}
