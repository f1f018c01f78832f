package antin.otp.oidc;

import antin.otp.apppassword.EndedLogins;
import antin.otp.login.Outcomes;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The logins of clients: each is one authorization, with all the tokens that came of it. Ending one makes them void here at once, tells mail-server to close its
 * sessions, and leaves the access tokens that others check by themselves to run out in five minutes. Safe for many threads and processes.
 */
public final class TokenFamilies {

    /**
     * @param client   the name that an administrator gave it
     * @param lastUsed when the newest token was given
     * @param usedFrom the client's address at that time; empty where it is not known
     */
    public record Family(UUID id, String client, Set<String> scopes, Instant begun, Instant lastUsed, String usedFrom) {
    }

    private static final String VOID = """
        UPDATE oauth2_authorization SET refresh_token_value = NULL, access_token_value = NULL, authorization_code_value = NULL, device_code_value = NULL,
        user_code_value = NULL WHERE %s AND coalesce(refresh_token_value, access_token_value, authorization_code_value, device_code_value) IS NOT NULL
        RETURNING id, principal_name, authorization_grant_type""";

    private record Ended(String id, String person, boolean ofPerson) {
    }

    private final JdbcClient database;
    private final EndedLogins endedLogins;
    private final Outcomes outcomes;
    private final Clock clock;

    TokenFamilies(JdbcClient database, EndedLogins endedLogins, Outcomes outcomes, Clock clock) {
        this.database = database;
        this.endedLogins = endedLogins;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    /** A person's, the newest first: clients that stay logged in. */
    public List<Family> of(String person) {
        return database.sql("""
            SELECT a.id, c.client_name, a.authorized_scopes, a.made, a.refresh_token_issued_at, a.used_from FROM oauth2_authorization a
            JOIN oauth2_registered_client c ON c.id = a.registered_client_id
            WHERE a.principal_name = ? AND a.refresh_token_value IS NOT NULL AND a.refresh_token_expires_at > ? ORDER BY a.refresh_token_issued_at DESC
            """).params(person, Timestamp.from(clock.instant())).query((row, number) -> new Family(UUID.fromString(row.getString(1)), row.getString(2),
            new TreeSet<>(Arrays.asList(row.getString(3).split(",", -1))), row.getTimestamp(4).toInstant(), row.getTimestamp(5).toInstant(), row.getString(6))).list();
    }

    /** Ends one of a person's; false where they have none such. */
    public boolean end(String person, UUID id, String reason, String from) {
        return !end(database.sql(VOID.formatted("id = ? AND principal_name = ?")).params(id.toString(), person), reason, from).isEmpty();
    }

    /** Ends all of a person's. */
    public int endAll(String person, String reason, String from) {
        return end(database.sql(VOID.formatted("principal_name = ? AND authorization_grant_type <> 'client_credentials'")).param(person), reason, from).size();
    }

    /** Ends all that a client was given, by the id of its row. */
    public int endOfClient(String client, String reason, String from) {
        return end(database.sql(VOID.formatted("registered_client_id = ?")).param(client), reason, from).size();
    }

    void end(String id, String reason, String from) {
        end(database.sql(VOID.formatted("id = ?")).param(id), reason, from);
    }

    private List<Ended> end(JdbcClient.StatementSpec statement, String reason, String from) {
        List<Ended> all = statement.query((row, number) -> new Ended(row.getString(1), row.getString(2), !"client_credentials".equals(row.getString(3)))).list();
        for (Ended ended : all) {
            if (ended.ofPerson()) {
                endedLogins.end(ended.person(), Optional.of(UUID.fromString(ended.id())));
            }
            outcomes.tell("token.ended", "done", ended.person(), from, Map.of("id", ended.id(), "reason", reason));
        }
        return all;
    }
}
