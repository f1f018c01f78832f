package antin.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.directory.Directory;
import antin.directory.ldap.LdapDirectory;
import antin.directory.opendj.TestDirectory;
import antin.directory.opendj.TestDirectory.TestPerson;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditLog;
import antin.mail.session.EndedRecently;
import antin.mail.token.IssuerKeys;
import antin.mail.token.TokenLogins;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The issuer's keys: read when needed, kept while it is away, changed when it changes them. */
class IssuerAwayTest {

    private static final TestDirectory CITY = TestDirectory.shared();

    private final TestPerson person = CITY.people().get(1);
    private final LaterClock clock = new LaterClock();

    @TempDir
    private Path folder;
    private TestIssuer issuer;
    private Directory directory;
    private AuditLog audit;

    @BeforeEach
    void start() throws Exception {
        CITY.issue("mail-listener", "CN=localhost", "antin:mail-listener");
        issuer = new TestIssuer(CITY);
        directory = LdapDirectory.connect(CITY.settings(), CITY.mailServer());
        audit = AuditLog.open(folder, "mail-server", Clock.systemUTC());
    }

    @AfterEach
    void stop() throws Exception {
        issuer.close();
        directory.close();
        audit.close();
    }

    @Test
    void whileTheIssuerIsAwayAndNoKeyIsKnownTheAnswerIsTemporaryAndNeverWrong() {
        try (IssuerKeys keys = keys()) {
            issuer.away(true);
            assertProblem(keys, issuer.token(person.number()), Kind.PEER_UNAVAILABLE);

            issuer.away(false);
            clock.ahead = Duration.ofSeconds(6);
            assertOpens(keys, issuer.token(person.number()));
        }
    }

    @Test
    void theLastKeysCountWhileTheIssuerIsAway() {
        try (IssuerKeys keys = keys()) {
            assertOpens(keys, issuer.token(person.number()));
            issuer.away(true);
            clock.ahead = Duration.ofMinutes(4);
            assertOpens(keys, issuer.token(person.number(), this::now));
            clock.ahead = Duration.ofHours(4);
            assertOpens(keys, issuer.token(person.number(), this::now));
        }
    }

    @Test
    void aNewKeyIsFoundButNotAskedForAtEveryTokenThatNamesAnUnknownOne() {
        try (IssuerKeys keys = keys()) {
            assertOpens(keys, issuer.token(person.number()));
            issuer.rotate();
            for (int i = 0; i < 20; i++) {
                assertProblem(keys, issuer.token(person.number()), Kind.BAD_CREDENTIALS);
            }
            assertThat(issuer.reads()).isEqualTo(1);

            clock.ahead = Duration.ofSeconds(31);
            assertOpens(keys, issuer.token(person.number(), this::now));
            assertThat(issuer.reads()).isEqualTo(2);
        }
    }

    @Test
    void attackAKeyThatTheIssuerTookBackIsRefusedAfterTenMinutes() {
        try (IssuerKeys keys = keys()) {
            String old = issuer.token(person.number(), claims -> claims.expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1)))));
            assertOpens(keys, old);
            issuer.rotate();
            issuer.rotate();
            clock.ahead = Duration.ofMinutes(11);
            assertProblem(keys, old, Kind.BAD_CREDENTIALS);
        }
    }

    @Test
    void attackAnIssuerWithoutATrustedCertificateIsNotBelieved() {
        try (IssuerKeys keys = new IssuerKeys(URI.create(issuer.url() + "/oauth2/jwks"), CITY.rootFile(), clock)) {
            assertProblem(keys, issuer.token(person.number()), Kind.PEER_UNAVAILABLE);
        }
    }

    private JWTClaimsSet.Builder now(JWTClaimsSet.Builder claims) {
        return claims.issueTime(Date.from(clock.instant())).notBeforeTime(Date.from(clock.instant()))
            .expirationTime(Date.from(clock.instant().plus(Duration.ofMinutes(5))));
    }

    private IssuerKeys keys() {
        return new IssuerKeys(URI.create(issuer.url() + "/oauth2/jwks"), CITY.internalFolder().resolve("ca.pem"), clock);
    }

    private void assertOpens(IssuerKeys keys, String token) {
        assertThat(logins(keys).open("imap", Optional.empty(), token, "127.0.0.1").mailbox()).isEqualTo(person.address());
    }

    private void assertProblem(IssuerKeys keys, String token, Kind kind) {
        assertThatThrownBy(() -> logins(keys).open("imap", Optional.empty(), token, "127.0.0.1"))
            .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(kind));
    }

    private TokenLogins logins(IssuerKeys keys) {
        return new TokenLogins(issuer.url(), keys, directory, new EndedRecently(), audit, clock);
    }

    private static final class LaterClock extends Clock {

        private volatile Duration ahead = Duration.ZERO;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }
}
