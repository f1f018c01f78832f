package antin.mail.delivery;

import antin.kernel.Problem;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;

/** SMTP answers, permanent and temporary (RFC 5321, 4.2; RFC 3463 for the second code). */
final class Answer {

    private Answer() {
    }

    static HookResult no(String code, String text) {
        return HookResult.builder().hookReturnCode(HookReturnCode.deny()).smtpReturnCode(code).smtpDescription(text).build();
    }

    static HookResult later(String code, String text) {
        return HookResult.builder().hookReturnCode(HookReturnCode.denySoft()).smtpReturnCode(code).smtpDescription(text).build();
    }

    static HookResult yes(String text) {
        return HookResult.builder().hookReturnCode(HookReturnCode.ok()).smtpReturnCode("250").smtpDescription(text).build();
    }

    /** A problem met on the way is always temporary: a letter is never refused for good because a part of ours is away. */
    static HookResult later(Problem problem) {
        return switch (problem.kind()) {
            case PEER_UNAVAILABLE -> later("451", "4.4.3 The directory does not answer, try again later");
            default -> later("451", "4.3.0 Error in processing");
        };
    }
}
