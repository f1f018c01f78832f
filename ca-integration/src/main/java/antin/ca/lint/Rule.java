package antin.ca.lint;

import java.util.function.Predicate;

/**
 * One thing that holds for every good certificate.
 *
 * @param name    in words with hyphens, stable: operators and tests know it
 * @param section where it is written
 * @param holds   whether it does; what it is not about, it holds for
 */
public record Rule(String name, String section, Predicate<Candidate> holds) {

    static Rule rule(String name, String section, Predicate<Candidate> holds) {
        return new Rule(name, section, holds);
    }

    /** A value that cannot even be read breaks the rule that is about it. */
    boolean isBrokenBy(Candidate candidate) {
        try {
            return !holds.test(candidate);
        } catch (RuntimeException e) {
            return true;
        }
    }
}
