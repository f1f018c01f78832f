package antin.mail.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a token must be (RFC 9068, RFC 8725): signed by our issuer with ES256 and nothing else, of type {@code at+jwt}, for mail alone, of this time, for this
 * protocol, and from a login with more than one factor. The header chooses nothing but which of the issuer's keys is meant.
 */
final class TokenCheck {

    private static final int LONGEST = 8_192;
    private static final String AUDIENCE = "urn:antin:mail";
    /** How far the issuer's clock may be ahead of ours. */
    private static final Duration SKEW = Duration.ofSeconds(10);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}");
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private final String issuer;
    private final IssuerKeys keys;
    private final Clock clock;

    TokenCheck(String issuer, IssuerKeys keys, Clock clock) {
        this.issuer = issuer;
        this.keys = keys;
        this.clock = clock;
    }

    /** @param scope the one that the protocol asks for, such as {@code mail.imap} */
    MailToken check(String unverifiedToken, String scope) throws BadToken {
        SignedJWT unverified = parse(unverifiedToken);
        checkSignature(unverified);
        JWTClaimsSet claims = claims(unverified);
        require(issuer.equals(claims.getIssuer()), "issuer");
        require(List.of(AUDIENCE).equals(claims.getAudience()), "audience");
        checkTime(claims);
        require(words(claims.getClaim("scope")).contains(scope), "scope");
        require(words(claims.getClaim("amr")).contains("mfa"), "amr");
        require(claims.getClaim("cnf") == null, "bound"); // to a key (RFC 8705) whose proof SASL has no place for
        String person = claims.getSubject();
        require(person != null && NUMBER.matcher(person).matches(), "subject");
        Optional<String> session = Optional.ofNullable(claims.getClaim("sid")).map(Object::toString);
        require(session.isEmpty() || ID.matcher(session.get()).matches(), "sid");
        return new MailToken(String.valueOf(person), session, claims.getIssueTime().toInstant(), Optional.ofNullable(claims.getClaim("client_id")).map(Object::toString).orElse("-"));
    }

    private static SignedJWT parse(String unverifiedToken) throws BadToken {
        require(unverifiedToken.length() <= LONGEST, "too long");
        try {
            return SignedJWT.parse(unverifiedToken);
        } catch (ParseException | IllegalArgumentException e) {
            throw new BadToken("no signed token"); // also what says "alg":"none"
        }
    }

    private void checkSignature(SignedJWT unverified) throws BadToken {
        JWSHeader header = unverified.getHeader();
        require(JWSAlgorithm.ES256.equals(header.getAlgorithm()), "algorithm");
        require(header.getType() != null && header.getType().equals(new JOSEObjectType("at+jwt")), "type");
        require(header.getCriticalParams() == null || header.getCriticalParams().isEmpty(), "critical");
        String id = header.getKeyID();
        require(id != null && ID.matcher(id).matches(), "key id");
        JWSVerifier key = keys.key(String.valueOf(id)).orElseThrow(() -> new BadToken("key"));
        try {
            require(unverified.verify(key), "signature");
        } catch (JOSEException | IllegalArgumentException e) {
            throw new BadToken("signature");
        }
    }

    private static JWTClaimsSet claims(SignedJWT verified) throws BadToken {
        try {
            return verified.getJWTClaimsSet();
        } catch (ParseException | IllegalArgumentException e) {
            throw new BadToken("claims");
        }
    }

    private void checkTime(JWTClaimsSet claims) throws BadToken {
        Instant now = clock.instant();
        Date expires = claims.getExpirationTime();
        require(expires != null && now.isBefore(expires.toInstant()), "expired");
        Date notBefore = claims.getNotBeforeTime();
        require(notBefore != null && !notBefore.toInstant().isAfter(now.plus(SKEW)), "not yet");
        Date issued = claims.getIssueTime();
        require(issued != null && !issued.toInstant().isAfter(now.plus(SKEW)), "not yet issued");
    }

    /** A claim that is a list of words, or one text of them (RFC 8693, 4.2, writes scopes so). */
    private static List<String> words(@Nullable Object claim) {
        return switch (claim) {
            case String text -> Arrays.asList(text.split(" "));
            case List<?> list -> list.stream().filter(String.class::isInstance).map(String.class::cast).toList();
            case null, default -> List.of();
        };
    }

    private static void require(boolean holds, String why) throws BadToken {
        if (!holds) {
            throw new BadToken(why);
        }
    }
}
