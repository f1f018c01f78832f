package antin.backbone.approval;

import antin.otp.apppassword.AppPassword;
import antin.otp.apppassword.AppPasswords;
import antin.otp.apppassword.EndedLogins;
import antin.otp.login.Outcomes;
import antin.otp.login.PersonSessions;
import antin.otp.oidc.TokenFamilies;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An administrator ends what a person is logged in with. */
public final class EndLogins {

    private final PersonSessions sessions;
    private final TokenFamilies families;
    private final AppPasswords passwords;
    private final EndedLogins ended;
    private final JdbcClient database;
    private final Outcomes outcomes;

    public EndLogins(PersonSessions sessions, TokenFamilies families, AppPasswords passwords, EndedLogins ended, JdbcClient database, Outcomes outcomes) {
        this.sessions = sessions;
        this.families = families;
        this.passwords = passwords;
        this.ended = ended;
        this.database = database;
        this.outcomes = outcomes;
    }

    /** Browsers, programs with tokens, open mail connections; app passwords open new ones. */
    public void sessions(String person, String by, String from) {
        sessions.end(person);
        database.sql("DELETE FROM oauth2_authorization WHERE principal_name = ?").param(person).update();
        ended.end(person, Optional.empty());
        outcomes.tell("login.ended", "done", by, from, Map.of("person", person));
    }

    /** One program with tokens; false where the person has none such. */
    public boolean application(String person, UUID id, String by, String from) {
        boolean ended = families.end(person, id, "administrator", from);
        if (ended) {
            outcomes.tell("application.ended", "done", by, from, Map.of("person", person, "id", id.toString()));
        }
        return ended;
    }

    public Optional<AppPassword> appPassword(String person, UUID id, String by, String from) {
        Optional<AppPassword> revoked = passwords.revoke(person, id);
        revoked.ifPresent(about -> tell(about, by, from));
        return revoked;
    }

    public void appPasswords(String person, String by, String from) {
        passwords.revokeAll(person).forEach(about -> tell(about, by, from));
    }

    private void tell(AppPassword about, String by, String from) {
        outcomes.tell("app-password.revoked", "done", by, from, Map.of("person", about.person(), "id", about.id().toString(), "name", about.name()));
    }
}
