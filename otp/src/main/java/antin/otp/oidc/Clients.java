package antin.otp.oidc;

import antin.directory.Directory;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.transaction.support.TransactionTemplate;

/** The clients of the house, for those who register them. Who may is asked before. Throws Refusal where a client is none. Safe for many threads and processes. */
public final class Clients {

    private static final int SECRET_BYTES = 32;

    /** @param secret shown once; empty where it has none */
    public record Registered(Client client, Optional<String> secret) {
    }

    private final RegisteredClientRepository all;
    private final JdbcClient database;
    private final TransactionTemplate transactions;
    private final ClientCheck check;
    private final MachineSecrets secrets;
    private final TokenFamilies families;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param all those that are switched off too */
    Clients(RegisteredClientRepository all, JdbcClient database, TransactionTemplate transactions, Directory directory, MachineSecrets secrets, TokenFamilies families, Clock clock) {
        this.all = all;
        this.database = database;
        this.transactions = transactions;
        this.check = new ClientCheck(directory);
        this.secrets = secrets;
        this.families = families;
        this.clock = clock;
    }

    /** The scopes that a client of this kind may have; for systems also {@code seal:NAME}. */
    public static List<String> scopes(ClientKind kind) {
        return kind == ClientKind.SERVICE ? ClientCheck.SYSTEMS : ClientCheck.PEOPLE;
    }

    /** By name. */
    public List<Client> list() {
        List<String> ids = database.sql("SELECT client_id FROM oauth2_registered_client ORDER BY lower(client_name), client_id").query((row, number) -> row.getString(1)).list();
        return ids.stream().flatMap(id -> find(id).stream()).toList();
    }

    public Optional<Client> find(String id) {
        return Optional.ofNullable(id.isEmpty() ? null : all.findByClientId(id)).map(ClientRows::client);
    }

    public Registered register(Client wanted) {
        check.check(wanted);
        return inTransaction(() -> {
            if (all.findByClientId(wanted.id()) != null) {
                throw new Refusal("client-id", Reason.EXISTS);
            }
            Optional<String> secret = wanted.hasSecret() ? Optional.of(secret()) : Optional.empty();
            save(wanted, null, secret.orElse(null));
            return new Registered(wanted, secret);
        });
    }

    /** Everything but its id and kind; one that is switched off loses what it was given. A secret is made where it has none and needs one. */
    public Registered change(Client before, Client wanted, String from) {
        check.check(wanted);
        return inTransaction(() -> {
            RegisteredClient row = locked(before);
            Optional<String> secret = wanted.hasSecret() && row.getClientSecret() == null ? Optional.of(secret()) : Optional.empty();
            save(wanted, row, secret.orElse(null));
            if (!wanted.active() || !new TreeSet<>(wanted.scopes()).containsAll(before.scopes()) || !wanted.method().equals(before.method())) {
                families.endOfClient(row.getId(), "client changed", from);
            }
            return new Registered(wanted, secret);
        });
    }

    /** The former one is void at once. */
    public Registered newSecret(Client client) {
        if (!client.hasSecret()) {
            throw new Refusal("", Reason.UNKNOWN_WORD);
        }
        return inTransaction(() -> {
            RegisteredClient row = locked(client);
            String secret = secret();
            save(client, row, secret);
            return new Registered(client, Optional.of(secret));
        });
    }

    private RegisteredClient locked(Client before) {
        database.sql("SELECT id FROM oauth2_registered_client WHERE client_id = ? FOR UPDATE").param(before.id()).query(String.class).optional();
        RegisteredClient row = all.findByClientId(before.id());
        if (row == null || ClientRows.client(row).revision() != before.revision()) {
            throw new Refusal("", Reason.CHANGED_MEANWHILE);
        }
        return row;
    }

    private void save(Client client, @Nullable RegisteredClient before, @Nullable String secret) {
        String kept = before == null ? null : before.getClientSecret();
        all.save(ClientRows.row(client, before, client.hasSecret() ? secret == null ? kept : secrets.encode(secret) : null, clock.instant()));
    }

    private <T> T inTransaction(java.util.function.Supplier<T> work) {
        return transactions.execute(status -> work.get());
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static List<String> sorted(Iterable<String> words) {
        TreeSet<String> sorted = new TreeSet<>();
        words.forEach(sorted::add);
        return new ArrayList<>(sorted);
    }
}
