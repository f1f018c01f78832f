package antin.ca.lint;

import java.util.List;
import java.util.stream.Stream;

/** All rules. */
public final class CertificateLint {

    public static final List<Rule> RULES = Stream.of(FieldRules.ALL, NameRules.ALL, KeyRules.ALL, UsageRules.ALL, ExtensionRules.ALL, StatusRules.ALL).flatMap(List::stream).toList();

    private CertificateLint() {
    }

    /** Which rules it breaks; none for a good one. */
    public static List<Rule> broken(Candidate candidate) {
        return RULES.stream().filter(rule -> rule.isBrokenBy(candidate)).toList();
    }
}
