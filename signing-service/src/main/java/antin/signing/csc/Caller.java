package antin.signing.csc;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.Digests;
import antin.signing.api.Scopes;
import antin.signing.remote.Authorisation;
import antin.signing.remote.Authorisations;
import antin.signing.token.AccessTokens;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Who asks, by the access token.
 *
 * @param actor  as audit and rows name them
 * @param person by number; empty where a system asks for itself
 * @param from   the address
 */
record Caller(String actor, Optional<String> person, Set<String> scopes, String from, Jwt token) {

    static final String SERVICE = "service";
    static final String CREDENTIAL = "credential";
    static final String SEAL = "seal:";
    /** What the issuer says of a login with a second factor, or with one that counts for two. */
    private static final Set<String> SECOND_FACTOR = Set.of("urn:antin:acr:two-factors", "urn:antin:acr:phishing-resistant");
    /** As old as the second factor may be behind a token that signs: reading the page, the code, the token's own five minutes. */
    private static final Duration OLDEST_FACTOR = Duration.ofMinutes(15);

    static Caller of(Jwt token, HttpServletRequest request) {
        return new Caller(AccessTokens.actor(token), Optional.ofNullable(AccessTokens.person(token)), Scopes.of(token), request.getRemoteAddr(), token);
    }

    /** A person's token for this interface, or a system's with some key. */
    Caller mayAsk() {
        boolean may = person.isPresent() ? scopes.contains(SERVICE) || scopes.contains(CREDENTIAL) : scopes.stream().anyMatch(scope -> scope.startsWith(SEAL));
        if (!may) {
            throw new Problem(Kind.NOT_ALLOWED, "The access token needs the scope service or credential, or seal:KEY for a system.");
        }
        return this;
    }

    /** Whether the token itself is leave to sign (CSC API 2.0.0.2, 8.3: scope credential). */
    boolean bringsAuthorisation() {
        return person.isPresent() && scopes.contains(CREDENTIAL);
    }

    /**
     * What the issuer wrote into the token after the person had shown a second factor and said yes to these hashes.
     *
     * @throws Problem {@code NOT_ALLOWED} where it is for another credential, or rests on a factor that is not recent
     */
    Authorisation authorisation(String credential, Clock clock) {
        if (!credential.equals(text("credentialID"))) {
            throw new Problem(Kind.NOT_ALLOWED, "The access token is for another credential.");
        }
        Instant proven = token.getClaim("auth_time") instanceof Number seconds ? Instant.ofEpochSecond(seconds.longValue()) : Instant.EPOCH;
        if (!SECOND_FACTOR.contains(String.valueOf(text("acr"))) || proven.plus(OLDEST_FACTOR).isBefore(clock.instant())) {
            throw new Problem(Kind.NOT_ALLOWED, "The access token rests on no second factor that was shown just before.");
        }
        String digest = Algorithms.digest(text("hashAlgorithmOID"));
        List<String> hashes = token.getClaimAsStringList("hashes");
        Object signatures = token.getClaim("numSignatures");
        Instant expires = token.getExpiresAt();
        if (hashes == null || !(signatures instanceof Number number) || token.getId() == null || expires == null) {
            throw new Problem(Kind.NOT_ALLOWED, "The access token names no hashes.");
        }
        Instant longest = clock.instant().plus(Authorisations.LASTS);
        return new Authorisation(id("token", token.getId()), actor, credential, digest, number.intValue(),
            Base64Text.hashes(hashes, octets(digest), Authorisation.MOST_HASHES), expires.isBefore(longest) ? expires : longest);
    }

    /** Under which a secret is remembered, without it. */
    static String id(String kind, String secret) {
        MessageDigest digest = Digests.newSha256();
        digest.update(secret.getBytes(StandardCharsets.UTF_8));
        return kind + "-" + Digests.text(digest);
    }

    static int octets(String digest) {
        return Integer.parseInt(digest.substring("SHA-".length())) / Byte.SIZE;
    }

    private @Nullable String text(String claim) {
        return token.getClaimAsString(claim);
    }
}
