package antin.otp.oidc;

import antin.directory.Person;
import antin.otp.login.ActivePeople;
import antin.otp.login.Outcomes;
import java.security.Principal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives tokens for a code or a refresh token, one request after the other: the row is locked, so of two requests with the same token, at whatever process, one wins.
 * The other one comes with a spent token, and that ends the family, however soon it comes (RFC 9700, 4.14.2): no time of grace, since nobody can tell a client that
 * repeats itself from a thief who was quick. A client that lost an answer logs in again.
 */
final class UseOnce implements AuthenticationProvider {

    /** How a request ended; refusals too are committed, since some change rows. */
    private record Decision(@Nullable Authentication given, @Nullable OAuth2AuthenticationException refused) {
    }

    /** What keeps tokens and knows who may have one. */
    record Books(JdbcClient database, TransactionTemplate transactions, OAuth2AuthorizationService authorizations, RegisteredClientRepository clients, TokenHashes hashes,
        TokenFamilies families, ActivePeople people, ClientRules rules, Outcomes outcomes, Clock clock) {
    }

    private static final String PENDING = "authorization_pending"; // RFC 8628, 3.5
    private static final String SLOW_DOWN = "slow_down";
    /** An answer may take longer than the one before. */
    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    private record Poll(Optional<Instant> last, Duration pause) {
    }

    private final AuthenticationProvider spring;
    private final Books books;

    UseOnce(AuthenticationProvider spring, Books books) {
        this.spring = spring;
        this.books = books;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return spring.supports(authentication);
    }

    @Override
    public @Nullable Authentication authenticate(Authentication request) {
        Optional<Presented> presented = Presented.of(request);
        if (presented.isEmpty()) {
            return spring.authenticate(request);
        }
        Decision decision = books.transactions().execute(status -> {
            try {
                return new Decision(decide(request, presented.get()), null);
            } catch (OAuth2AuthenticationException refused) {
                return new Decision(null, refused);
            }
        });
        if (decision.refused() != null) {
            throw decision.refused();
        }
        return decision.given();
    }

    private @Nullable Authentication decide(Authentication request, Presented presented) {
        List<String> hashes = books.hashes().all(presented.token());
        // Step 1: one at a time
        Optional<String> id = books.database().sql("SELECT id FROM oauth2_authorization WHERE " + presented.column() + " IN (:hashes) FOR UPDATE").param("hashes", hashes).query(String.class).optional();
        if (id.isEmpty()) {
            spent(hashes).ifPresent(family -> reused(family, from(request)));
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
        // Step 2: in time, and for somebody who may
        OAuth2Authorization authorization = books.authorizations().findByToken(presented.token(), presented.type());
        if (authorization == null || isOver(authorization.getToken(presented.token()))) {
            throw new OAuth2AuthenticationException(presented.whenOver());
        }
        requireOwner(authorization, from(request));
        // Step 3: the tokens
        boolean usedBefore = isInvalid(authorization.getToken(presented.token()));
        try {
            Authentication given = spring.authenticate(request);
            if (presented.isRefresh()) {
                books.database().sql("INSERT INTO spent_refresh_token (hash, authorization_id, spent) VALUES (?, ?, ?)")
                    .params(hashes.getFirst(), id.get(), Timestamp.from(books.clock().instant())).update();
            }
            books.database().sql("UPDATE oauth2_authorization SET used_from = ? WHERE id = ?").params(from(request), id.get()).update();
            books.outcomes().accepted("token.given", authorization.getPrincipalName(), from(request),
                Map.of("id", id.get(), "grant", presented.grant(), "client", authorization.getRegisteredClientId()));
            return given;
        } catch (OAuth2AuthenticationException refused) {
            if (usedBefore && presented.isCode()) {
                reused(id.get(), from(request)); // RFC 9700, 4.5.3: and what was given for it is void
            }
            if (PENDING.equals(refused.getError().getErrorCode()) && isTooSoon(id.get())) {
                throw new OAuth2AuthenticationException(SLOW_DOWN);
            }
            throw refused;
        }
    }

    /** The person must still be there and be let in; those who are not lose what they have. */
    private void requireOwner(OAuth2Authorization authorization, String from) {
        if (authorization.getAttribute(Principal.class.getName()) == null) {
            return; // nobody has agreed yet
        }
        Optional<Person> person = books.people().find(authorization.getPrincipalName());
        RegisteredClient client = books.clients().findById(authorization.getRegisteredClientId());
        if (person.isEmpty() || client == null || !books.rules().admits(client, person.get())) {
            books.families().end(authorization.getId(), "person", from);
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
    }

    /** Of a device that asks again before its time; each time it has to wait five seconds longer (RFC 8628, 3.5). The row is locked. */
    private boolean isTooSoon(String id) {
        Instant now = books.clock().instant();
        Poll before = books.database().sql("SELECT polled, pause FROM oauth2_authorization WHERE id = ?").param(id)
            .query((row, number) -> new Poll(Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant), Duration.ofSeconds(row.getInt(2)))).single();
        boolean tooSoon = before.last().filter(last -> last.plus(before.pause()).minus(TOLERANCE).isAfter(now)).isPresent();
        books.database().sql("UPDATE oauth2_authorization SET polled = ?, pause = pause + ? WHERE id = ?").params(Timestamp.from(now), tooSoon ? 5 : 0, id).update();
        return tooSoon;
    }

    private Optional<String> spent(List<String> hashes) {
        return books.database().sql("SELECT authorization_id FROM spent_refresh_token WHERE hash IN (:hashes)").param("hashes", hashes).query(String.class).optional();
    }

    private void reused(String family, String from) {
        String person = books.database().sql("SELECT principal_name FROM oauth2_authorization WHERE id = ?").param(family).query(String.class).optional().orElse("");
        books.outcomes().tell("token.reuse", "refused", person, from, Map.of("id", family));
        books.families().end(family, "reuse", from);
    }

    private boolean isOver(OAuth2Authorization.@Nullable Token<OAuth2Token> token) {
        Instant expires = token == null ? null : token.getToken().getExpiresAt();
        return expires == null || !expires.isAfter(books.clock().instant());
    }

    private static boolean isInvalid(OAuth2Authorization.@Nullable Token<OAuth2Token> token) {
        return token != null && token.isInvalidated();
    }

    static String from(Authentication request) {
        return request.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : "";
    }
}
