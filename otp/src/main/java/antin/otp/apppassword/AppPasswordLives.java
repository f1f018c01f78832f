package antin.otp.apppassword;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long app passwords may be made to last.
 *
 * @param longest by the city's policy, in whole days
 */
public record AppPasswordLives(Duration longest) {

    private static final List<Duration> COMMON = List.of(Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(365));
    private static final Duration USUAL = Duration.ofDays(90);

    /** What an owner may choose from, the shortest first: the common ones that the policy lets be, and the longest one. */
    public List<Duration> offered() {
        return Stream.concat(COMMON.stream().filter(life -> life.compareTo(longest) < 0), Stream.of(longest)).toList();
    }

    /** What is chosen where nobody chooses. */
    public Duration usual() {
        return USUAL.compareTo(longest) < 0 ? USUAL : longest;
    }
}
