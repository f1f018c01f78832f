package antin.mail;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory.TestPerson;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Access tokens at every door, and the ways in which somebody might get in with a wrong one. */
class TokenLoginTest {

    private static final TestInstallation INSTALLATION = TestInstallation.shared();
    private static final TestIssuer ISSUER = INSTALLATION.issuer;

    private final TestPerson person = INSTALLATION.directory.people().get(2);

    @AfterEach
    void recover() {
        ISSUER.away(false);
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void aTokenOpensItsOwnersMailbox(Door door) throws Exception {
        String token = ISSUER.token(person.number());
        for (String user : List.of(person.address(), person.number(), person.address().toUpperCase(Locale.ROOT))) {
            assertThat(door.authenticate(INSTALLATION, "OAUTHBEARER", Door.oauthbearer(user, token))).startsWith(door.accepted);
            assertThat(door.authenticate(INSTALLATION, "XOAUTH2", Door.xoauth2(user, token))).startsWith(door.accepted);
        }
        assertThat(door.authenticate(INSTALLATION, "OAUTHBEARER", "n,,\u0001auth=Bearer " + token + "\u0001\u0001")).startsWith(door.accepted);
        assertThat(INSTALLATION.audit()).contains(person.number());
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void aTokenIsTakenWithoutInitialResponseToo(Door door) throws Exception {
        String token = ISSUER.token(person.number());
        assertThat(door.authenticateWithoutInitialResponse(INSTALLATION, "OAUTHBEARER", Door.oauthbearer(person.address(), token))).startsWith(door.accepted);
        assertThat(door.authenticateWithoutInitialResponse(INSTALLATION, "XOAUTH2", Door.xoauth2(person.address(), token))).startsWith(door.accepted);
        assertThat(door.authenticateWithoutInitialResponse(INSTALLATION, "PLAIN", Door.plain("", person.address(), TestInstallation.PASSWORD))).startsWith(door.accepted);
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void aLongTokenIsTaken(Door door) throws Exception {
        String token = ISSUER.token(person.number(), claims -> claims.claim("filler", "x".repeat(3_000)));
        assertThat(token.length()).isGreaterThan(4_000);
        assertThat(door.authenticate(INSTALLATION, "OAUTHBEARER", Door.oauthbearer(person.address(), token))).startsWith(door.accepted);
        assertThat(door.authenticateWithoutInitialResponse(INSTALLATION, "XOAUTH2", Door.xoauth2(person.address(), token))).startsWith(door.accepted);
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void aScopeMayBeOneTextOfWords(Door door) throws Exception {
        assertOpens(door, ISSUER.token(person.number(), claims -> claims.claim("scope", "openid mail." + door.scope)));
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void attackSwappedUserIsRefused(Door door) throws Exception {
        String token = ISSUER.token(person.number());
        for (String other : List.of(INSTALLATION.sender(), INSTALLATION.directory.people().get(0).number(), "nobody@city.example", "*", "*@city.example")) {
            assertThat(door.authenticate(INSTALLATION, "OAUTHBEARER", Door.oauthbearer(other, token))).as(other).startsWith(door.refused);
            assertThat(door.authenticate(INSTALLATION, "XOAUTH2", Door.xoauth2(other, token))).as(other).startsWith(door.refused);
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void attackTokenForAnotherAudienceIsRefused(Door door) throws Exception {
        assertRefused(door, claims -> claims.audience("https://localhost:8443"));
        assertRefused(door, claims -> claims.audience(List.of("urn:antin:mail", "https://localhost:8443")));
        assertRefused(door, claims -> claims.audience((String) null));
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void attackTokenOfAnotherIssuerIsRefused(Door door) throws Exception {
        assertRefused(door, claims -> claims.issuer("https://evil.example"));
        assertRefused(door, claims -> claims.issuer(ISSUER.url() + "/"));
        assertRefused(door, claims -> claims.issuer(null));
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void attackHs256WithThePublicKeyIsRefused(Door door) throws Exception {
        JWTClaimsSet claims = ISSUER.claims(person.number()).build();
        for (byte[] secret : List.of(ISSUER.key().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8), ISSUER.key().toECPublicKey().getEncoded(),
            ("-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(ISSUER.key().toECPublicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n").getBytes(StandardCharsets.US_ASCII))) {
            SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).type(new JOSEObjectType("at+jwt")).keyID(ISSUER.key().getKeyID()).build(), claims);
            token.sign(new MACSigner(secret));
            assertRefusesToken(door, token.serialize());
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void attackUnsignedTokenIsRefused(Door door) throws Exception {
        assertRefusesToken(door, new PlainJWT(ISSUER.claims(person.number()).build()).serialize() + "x");
        String[] parts = ISSUER.token(person.number()).split("\\.");
        String none = Base64.getUrlEncoder().withoutPadding().encodeToString(("{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"" + ISSUER.key().getKeyID() + "\"}").getBytes(StandardCharsets.UTF_8));
        assertRefusesToken(door, none + '.' + parts[1] + '.' + parts[2]);
        assertRefusesToken(door, parts[0] + '.' + parts[1] + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64])); // CVE-2022-21449
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void attackForgedSignatureIsRefused(Door door) throws Exception {
        String[] mine = ISSUER.token(person.number()).split("\\.");
        String[] other = ISSUER.token(INSTALLATION.directory.people().get(0).number()).split("\\.");
        assertRefusesToken(door, mine[0] + '.' + mine[1] + '.' + other[2]);
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("at+jwt")).keyID(ISSUER.key().getKeyID()).build();
        assertRefusesToken(door, TestIssuer.sign(header, ISSUER.claims(person.number()).build(), TestIssuer.newKey()));
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void attackKeyInTheTokensOwnHeaderIsRefused(Door door) throws Exception {
        ECKey own = TestIssuer.newKey();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("at+jwt")).keyID(own.getKeyID()).jwk(own.toPublicJWK())
            .jwkURL(URI.create("https://evil.example/jwks")).build();
        assertRefusesToken(door, TestIssuer.sign(header, ISSUER.claims(person.number()).build(), own));
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void attackIdTokenIsRefused(Door door) throws Exception {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT).keyID(ISSUER.key().getKeyID()).build();
        assertRefusesToken(door, TestIssuer.sign(header, ISSUER.claims(person.number()).build(), ISSUER.key()));
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void attackExpiredTokenIsRefused(Door door) throws Exception {
        assertRefused(door, claims -> claims.expirationTime(at(Duration.ofSeconds(-1))));
        assertRefused(door, claims -> claims.expirationTime(null));
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void attackTokenOfTheFutureIsRefused(Door door) throws Exception {
        assertRefused(door, claims -> claims.notBeforeTime(at(Duration.ofMinutes(2))));
        assertRefused(door, claims -> claims.issueTime(at(Duration.ofMinutes(2))));
        assertRefused(door, claims -> claims.notBeforeTime(null));
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void attackTokenWithoutTheProtocolsScopeIsRefused(Door door) throws Exception {
        List<String> others = Arrays.stream(Door.values()).filter(other -> other != door).map(other -> "mail." + other.scope).toList();
        assertRefused(door, claims -> claims.claim("scope", others));
        assertRefused(door, claims -> claims.claim("scope", "mail." + door.scope + "x"));
        assertRefused(door, claims -> claims.claim("scope", null));
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void attackTokenFromAPasswordAloneIsRefused(Door door) throws Exception {
        assertRefused(door, claims -> claims.claim("amr", List.of("pwd")));
        assertRefused(door, claims -> claims.claim("amr", null));
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void attackTokenThatIsBoundToAKeyOpensNothingWithoutIt(Door door) throws Exception {
        assertRefused(door, claims -> claims.claim("cnf", Map.of("x5t#S256", "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2")));
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void attackTokenOfAStrangerOrAProgramIsRefused(Door door) throws Exception {
        for (String subject : List.of("999999", "sample-documents", person.address(), "")) {
            assertRefusesToken(door, ISSUER.token(subject));
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void attackPasswordAloneIsRefusedByEveryMechanism(Door door) throws Exception {
        assertThat(door.authenticate(INSTALLATION, "PLAIN", Door.plain("", person.address(), person.password()))).startsWith(door.refused);
        for (String mechanism : List.of("OAUTHBEARER", "XOAUTH2")) {
            String message = mechanism.equals("XOAUTH2") ? Door.xoauth2(person.address(), person.password()) : Door.oauthbearer(person.address(), person.password());
            assertThat(door.authenticate(INSTALLATION, mechanism, message)).doesNotStartWith(door.accepted);
        }
        for (String mechanism : List.of("ANONYMOUS", "EXTERNAL", "CRAM-MD5", "DIGEST-MD5", "SCRAM-SHA-256", "NTLM")) {
            assertThat(door.authenticateWithoutInitialResponse(INSTALLATION, mechanism, Door.plain("", person.address(), person.password()))).doesNotStartWith(door.accepted);
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void wrongTokensCloseTheConnection(Door door) throws Exception {
        String expired = ISSUER.token(person.number(), claims -> claims.expirationTime(at(Duration.ofMinutes(-1))));
        try (Wire wire = door.open(INSTALLATION)) {
            for (int i = 0; i < 3; i++) {
                assertThat(door.authenticate(wire, "XOAUTH2", Door.xoauth2(person.address(), expired))).startsWith(door.refused);
            }
            wire.rest();
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void aTokenOpensWhileTheIssuerIsAway(Door door) throws Exception {
        String known = ISSUER.token(person.number());
        assertOpens(door, known);
        ISSUER.away(true);
        assertOpens(door, known);
    }

    @Test
    void tokensAreOfferedOverTlsOnly() throws Exception {
        try (Wire wire = Wire.open(INSTALLATION.port("submission"))) {
            wire.answer();
            assertThat(wire.send("EHLO test\r\n").answers()).doesNotContain("AUTH");
            assertThat(wire.ask("AUTH XOAUTH2 " + "A".repeat(8))).startsWith("530");
        }
        try (Wire wire = Wire.open(INSTALLATION.port("imap"))) {
            wire.line();
            assertThat(wire.send("a CAPABILITY\r\n").line()).doesNotContain("AUTH=");
            wire.untilTag("a");
            assertThat(wire.imap("b", "AUTHENTICATE OAUTHBEARER bixhPXgs")).startsWith("b NO");
        }
        try (Wire wire = Wire.open(INSTALLATION.port("pop3"))) {
            wire.line();
            assertThat(wire.send("CAPA\r\nAUTH PLAIN\r\n").line()).startsWith("+OK");
            String line;
            do {
                line = wire.line();
                assertThat(line).doesNotStartWith("SASL");
            } while (!line.equals("."));
            assertThat(wire.line()).startsWith("-ERR");
        }
        try (Wire wire = Door.SMTP.open(INSTALLATION)) {
            assertThat(wire.send("EHLO test\r\n").answers()).contains("AUTH PLAIN LOGIN OAUTHBEARER XOAUTH2");
        }
        try (Wire wire = Door.IMAP.open(INSTALLATION)) {
            assertThat(wire.send("a CAPABILITY\r\n").line()).contains("AUTH=PLAIN").contains("AUTH=OAUTHBEARER").contains("AUTH=XOAUTH2").contains("SASL-IR").doesNotContain("AUTH=LOGIN");
        }
        try (Wire wire = Door.POP3.open(INSTALLATION)) {
            StringBuilder all = new StringBuilder(wire.send("CAPA\r\n").line());
            for (String line = wire.line(); !line.equals("."); line = wire.line()) {
                all.append('\n').append(line);
            }
            assertThat(all.toString()).contains("SASL PLAIN OAUTHBEARER XOAUTH2");
        }
    }

    @Test
    void smtpLoginWorksWithItsTwoQuestions() throws Exception {
        try (Wire wire = Door.SMTP.open(INSTALLATION)) {
            assertThat(wire.ask("AUTH LOGIN")).isEqualTo("334 VXNlcm5hbWU6");
            assertThat(wire.ask(Base64.getEncoder().encodeToString(person.address().getBytes(StandardCharsets.UTF_8)))).isEqualTo("334 UGFzc3dvcmQ6");
            assertThat(wire.ask(Base64.getEncoder().encodeToString(TestInstallation.PASSWORD.getBytes(StandardCharsets.UTF_8)))).startsWith("235");
            assertThat(wire.ask("AUTH LOGIN")).startsWith("503");
        }
        try (Wire wire = Door.SMTP.open(INSTALLATION)) {
            wire.ask("AUTH LOGIN");
            assertThat(wire.ask("*")).startsWith("501");
            assertThat(wire.ask("NOOP")).startsWith("250");
        }
    }

    private void assertOpens(Door door, String token) throws Exception {
        assertThat(door.authenticate(INSTALLATION, "OAUTHBEARER", Door.oauthbearer(person.address(), token))).startsWith(door.accepted);
    }

    private void assertRefused(Door door, UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        assertRefusesToken(door, ISSUER.token(person.number(), change));
    }

    private void assertRefusesToken(Door door, String token) throws Exception {
        assertThat(door.authenticate(INSTALLATION, "OAUTHBEARER", Door.oauthbearer(person.address(), token))).startsWith(door.refused);
        assertThat(door.authenticate(INSTALLATION, "XOAUTH2", Door.xoauth2(person.address(), token))).startsWith(door.refused);
    }

    private static Date at(Duration fromNow) {
        return Date.from(Instant.now().plus(fromNow));
    }
}
