package antin.mail.token;

import antin.directory.Directory;
import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import antin.mail.session.Access;
import antin.mail.session.EndedRecently;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Opens a mailbox for who shows an access token of our issuer: the check, the account in the directory, the mailbox that is theirs or that they may read. */
public final class TokenLogins {

    /** Facts for which an honest program has no token. */
    private static final Set<String> FORGED = Set.of("too long", "no signed token", "algorithm", "type", "critical", "key id", "key", "signature");

    private final TokenCheck check;
    private final Directory directory;
    private final EndedRecently ended;
    private final AuditLog audit;
    private final ForgedTokens forged;

    public TokenLogins(String issuer, IssuerKeys keys, Directory directory, EndedRecently ended, AuditLog audit, Clock clock) {
        this.check = new TokenCheck(issuer, keys, clock);
        this.directory = directory;
        this.ended = ended;
        this.audit = audit;
        this.forged = new ForgedTokens(clock);
    }

    /**
     * @param scope such as {@code imap}
     * @param user  the mailbox to open; empty: the owner's
     * @throws Problem as {@code MailLogins.open}
     */
    public Access open(String scope, Optional<String> user, String token, String from) {
        try {
            MailToken checked = check.check(token, "mail." + scope);
            Access access = access(checked, user, scope);
            audit.record(new AuditEvent("mail.login", "accepted", access.person(), from, Map.of("scope", scope, "client", checked.client(), "mailbox", access.mailbox())));
            return access;
        } catch (BadToken e) {
            if (FORGED.contains(e.why())) {
                if (forged.mustWait(from)) { // a right token still works: a neighbour's forgeries shut nobody out
                    throw new Problem(Kind.LOCKED_OUT, "Too many tries. Wait a while.");
                }
                forged.add(from);
            }
            audit.record(new AuditEvent("mail.login", "refused", user.orElse("-"), from, Map.of("scope", scope, "token", e.why())));
            throw new Problem(Kind.BAD_CREDENTIALS, "Wrong token.");
        }
    }

    private Access access(MailToken token, Optional<String> user, String scope) throws BadToken {
        Person owner = directory.person(token.person()).filter(person -> person.number().equals(token.person())).orElseThrow(() -> new BadToken("account"));
        String mailbox = mailbox(owner, user.orElse(owner.number()), scope).orElseThrow(() -> new BadToken("mailbox"));
        Access access = new Access(owner.number(), mailbox, token.session(), token.issued());
        if (ended.contains(access)) {
            throw new BadToken("ended");
        }
        return access;
    }

    private Optional<String> mailbox(Person owner, String name, String scope) {
        if (name.equals(owner.number())) {
            return Optional.of(owner.address());
        }
        return directory.mailbox(owner, name).filter(mailbox -> !scope.equals("smtp") || directory.maySend(owner, mailbox));
    }
}
