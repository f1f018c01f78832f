package antin.ca.recovery;

import antin.ca.authority.KeyFile;
import antin.ca.ledger.RecoveryOpenings;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import antin.kernel.tls.PemFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.bouncycastle.cms.CMSException;

/** The installation's recovery key in {@code ca/recovery.p12}. The file is read when it is needed, so that it may be kept elsewhere until then; its certificate stays. */
public final class RecoveryKey implements KeyRecovery {

    /** Who may open keys one by one shall not empty the archive in a day. */
    public static final int MOST_A_DAY = 20;

    private final KeyFile file;
    private final Path certificate;
    private final RecoveryOpenings openings;
    private final AuditLog audit;
    private final Clock clock;

    public RecoveryKey(KeyFile file, Path certificate, RecoveryOpenings openings, AuditLog audit, Clock clock) {
        this.file = file;
        this.certificate = certificate;
        this.openings = openings;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public X509Certificate certificate() {
        if (!Files.exists(certificate)) {
            throw new Problem(Kind.NOT_FOUND, "There is no recovery key yet. Run ca --bootstrap.");
        }
        return PemFile.certificates(certificate).getFirst();
    }

    @Override
    public byte[] open(Opening opening) {
        Map<String, String> what = Map.of("owner", opening.owner(), "approval", opening.approval(), "requester", opening.requester(), "approver", opening.approver());
        if (opening.requester().equals(opening.approver())) {
            record("refused", opening, what);
            throw new Problem(Kind.NOT_ALLOWED, "It takes two persons.");
        }
        KeyFile.Content key = content();
        // Step 1: the audit's line before
        record("begun", opening, what);
        // Step 2: counted, and the approval used up, before anything is opened
        Instant now = clock.instant();
        if (!openings.enter(now, opening.owner(), opening.approval(), opening.requester(), opening.approver(), now.minus(Duration.ofDays(1)), MOST_A_DAY)) {
            record("refused", opening, what);
            throw new Problem(Kind.LOCKED_OUT, "Too many keys were recovered today, or this approval was used before.");
        }
        // Step 3: the key, and that it is whose it is said to be
        try {
            Envelope.Content content = Envelope.open(opening.envelope(), key.key());
            if (!content.owner().equals(opening.owner())) {
                throw new CMSException("It is another owner's");
            }
            record("done", opening, what);
            return content.pkcs8();
        } catch (CMSException | RuntimeException e) {
            record("failed", opening, what);
            throw new Problem(Kind.MALFORMED_DOCUMENT, "This was not sealed for the recovery key, or is another owner's.", e);
        }
    }

    private KeyFile.Content content() {
        if (!Files.exists(file.file())) {
            throw new Problem(Kind.NOT_FOUND, "The recovery key is not here. Bring ca/recovery.p12 back.");
        }
        return file.read();
    }

    private void record(String outcome, Opening opening, Map<String, String> what) {
        audit.record(new AuditEvent("key.recover", outcome, opening.requester(), "ca", what));
    }
}
