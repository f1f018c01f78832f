package antin.otp.login;

import antin.otp.login.FactorLetter.Change;
import antin.otp.notice.Notices;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * The one place that tells of a second factor which came or went: the audit log, its person's own list, and its person by mail. Call it in the transaction of the change, so that
 * the letter is written if and only if the change is, and nothing changes that was not audited.
 */
public final class FactorNews {

    private final Outcomes outcomes;
    private final Notices notices;
    private final Clock clock;

    public FactorNews(Outcomes outcomes, Notices notices, Clock clock) {
        this.outcomes = outcomes;
        this.notices = notices;
        this.clock = clock;
    }

    /** @param address the client's IP address; @param details {@code kind}, and what is known of {@code name} and {@code by} */
    public void added(String person, String address, Map<String, String> details) {
        write(person, Change.ADDED, details, address);
        outcomes.tell("factor.added", "done", person, address, details);
    }

    public void removed(String person, String address, Map<String, String> details) {
        write(person, Change.REMOVED, details, address);
        outcomes.tell("factor.removed", "done", person, address, details);
    }

    /** An administrator took all of them away. @param details what the audit says beside the person */
    public void reset(String person, String administrator, String address, Map<String, String> details) {
        Map<String, String> all = new HashMap<>(details);
        all.put("person", person);
        write(person, Change.RESET, Map.of(), address);
        outcomes.tell("factor.reset", "done", administrator, address, all);
    }

    private void write(String person, Change change, Map<String, String> details, String address) {
        FactorLetter letter = FactorLetter.of(change, details, address, clock.instant());
        notices.send(person, letter.subject(), letter.text());
    }
}
