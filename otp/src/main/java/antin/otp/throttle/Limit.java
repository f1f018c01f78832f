package antin.otp.throttle;

import java.time.Duration;

/**
 * @param free  how many failures cost nothing
 * @param base  the delay after the next one, doubled with each further failure
 * @param cap   the longest delay
 */
record Limit(int free, Duration base, Duration cap) {

    /** How long after the {@code failures}th failure in a row nothing goes. */
    Duration delay(int failures) {
        if (failures < free) {
            return Duration.ZERO;
        }
        Duration grown = base.multipliedBy(1L << Math.min(failures - free, 20));
        return grown.compareTo(cap) < 0 ? grown : cap;
    }
}
