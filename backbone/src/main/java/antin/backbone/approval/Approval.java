package antin.backbone.approval;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * One question and what became of it. People are named by their numbers.
 *
 * @param beneficiary whom the act is for: a person's number, a unit's short name, or a system's name
 * @param about       what of theirs, where there may be several; empty otherwise
 * @param reason      in the requester's words
 * @param expires     after this it can neither be decided nor used
 * @param decidedBy   the second person; empty while it is open
 */
public record Approval(UUID id, ApprovalAct act, String requester, String beneficiary, String about, String reason, Instant asked, Instant expires, State state, Optional<String> decidedBy) {

    /** Each leads to the next: open, then given or refused, given to used. */
    public enum State {
        OPEN, GIVEN, REFUSED, USED, EXPIRED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
