package antin.ca.status;

import antin.kernel.Problem;
import antin.kernel.audit.TimeStamps;
import java.util.Optional;

/** The heads of the very process that has the time-stamping authority, stamped without a network. */
public final class OwnTimeStamps implements TimeStamps {

    private final TimeStampingAuthority authority;
    private final String process;

    public OwnTimeStamps(TimeStampingAuthority authority, String process) {
        this.authority = authority;
        this.process = process;
    }

    @Override
    public Optional<byte[]> stamp(byte[] sha256) {
        try {
            TimeStampAnswer answer = authority.stamp(sha256, process);
            return answer.granted() ? Optional.of(answer.der()) : Optional.empty();
        } catch (Problem e) {
            return Optional.empty(); // the audit log is closed or full: its next writer tells
        }
    }

    @Override
    public int linesEach() {
        return TimeStampingAuthority.AUDIT_LINES;
    }
}
