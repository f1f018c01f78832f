package antin.mail.delivery;

import antin.directory.Directory;
import antin.kernel.Problem;
import javax.inject.Inject;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;

/** Recipients are people and units of ours; an unknown one is refused at once, so that no bounce need be sent to a sender who may be forged. */
public final class KnownRecipients implements RcptHook {

    static final int PER_LETTER = 1_000;

    private final Directory directory;

    @Inject
    public KnownRecipients(Directory directory) {
        this.directory = directory;
    }

    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
        if (session.getRcptCount() >= PER_LETTER) {
            return Answer.later("452", "4.5.3 Too many recipients");
        }
        try {
            if (!directory.isLocalDomain(recipient.getDomain().asString())) {
                return Answer.no("550", "5.7.1 Letters to other domains are not taken here");
            }
            return directory.resolve(recipient.asString()).isPresent() ? HookResult.OK : Answer.no("550", "5.1.1 Nobody here has this address");
        } catch (Problem e) {
            return Answer.later(e);
        }
    }
}
