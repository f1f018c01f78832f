package antin.ca.ejbca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.ca.CertificateAuthority.IssuedCertificate;
import antin.ca.CertificateRequest;
import antin.ca.CertificateStatus;
import antin.ca.RevocationReason;
import antin.ca.ejbca.TestEjbca.Answer;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.security.auth.x500.X500Principal;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The adapter against a server with the statuses, bodies and oddities of a live one. */
class EjbcaCertificateAuthorityTest {

    private static final X500Principal SUBJECT = new X500Principal("CN=Nguyễn Văn An,OU=so-noi-vu,O=Thành phố mẫu,C=VN");
    private static EmbeddedPostgres postgres;
    private static DataSource database;

    /** Ahead of the real one as far as a test says. */
    private static final class LaterClock extends Clock {

        private Duration ahead = Duration.ZERO;

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
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

    private final LaterClock clock = new LaterClock();
    @TempDir
    Path folder;
    private TestEjbca ejbca;
    private EjbcaCertificateAuthority authority;

    @BeforeAll
    static void startDatabase() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        database = postgres.getPostgresDatabase();
        Flyway.configure().dataSource(database).locations(EjbcaJournal.MIGRATIONS).load().migrate();
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void start() throws Exception {
        ejbca = new TestEjbca(folder, true);
        authority = authority(Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        authority.close();
        ejbca.close();
    }

    @Test
    void issuesWithTheChainAndTheMailAddressesOfTheRequest() throws Exception {
        CertificateRequest request = request(newKey(), "person-signing", List.of("an.nguyen@city.example"));
        IssuedCertificate issued = authority.issue(request);
        assertThat(issued.certificate().getSubjectX500Principal()).isEqualTo(SUBJECT);
        assertThat(issued.certificate().getSubjectAlternativeNames().toString()).contains("an.nguyen@city.example");
        assertThat(issued.authorities()).hasSize(2);
        issued.certificate().verify(issued.authorities().getFirst().getPublicKey());
        issued.authorities().getFirst().verify(issued.authorities().getLast().getPublicKey());
    }

    @Test
    void issuesWithABearerToken() throws Exception {
        try (TestEjbca open = new TestEjbca(folder, false);
             EjbcaCertificateAuthority bearer = new EjbcaCertificateAuthority(open.settings(open.bearerToken()), new EjbcaJournal(database), clock)) {
            assertThat(bearer.issue(seal()).certificate()).isNotNull();
            antin.kernel.SecretFile.write(folder.resolve("token"), "garbage");
            assertRefused(Kind.MISCONFIGURED, "does not know us", () -> bearer.issue(seal()));
        }
    }

    @Test
    void asksOnceForOneRequestHoweverOftenItIsAsked() throws Exception {
        CertificateRequest request = seal();
        X509Certificate first = authority.issue(request).certificate();
        assertThat(authority.issue(request).certificate()).isEqualTo(first);
        try (EjbcaCertificateAuthority restarted = authority(Duration.ofSeconds(10))) {
            assertThat(restarted.issue(request).certificate()).isEqualTo(first);
        }
        assertThat(ejbca.enrolments()).isOne();
    }

    @Test
    void asksOnceHoweverManyAskAtTheSameTime() throws Exception {
        CertificateRequest request = seal();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<X509Certificate>> all = threads.invokeAll(Collections.nCopies(16, () -> authority.issue(request).certificate()));
            X509Certificate first = all.getFirst().get();
            for (Future<X509Certificate> one : all) {
                assertThat(one.get()).isEqualTo(first);
            }
        }
        assertThat(ejbca.enrolments()).isOne();
    }

    @Test
    void refusesTheSameIdForAnotherRequest() throws Exception {
        CertificateRequest request = seal();
        authority.issue(request);
        CertificateRequest other = seal();
        assertRefused(Kind.CONFLICT, "used for another", () -> authority.issue(new CertificateRequest(request.id(), other.profile(), other.subject(), List.of(), other.pkcs10(), "backbone")));
    }

    @Test
    void findsWhatWasIssuedAfterTheAnswerCameTooLate() throws Exception {
        ejbca.late = Duration.ofSeconds(3);
        try (EjbcaCertificateAuthority impatient = authority(Duration.ofSeconds(1))) {
            CertificateRequest request = seal();
            X509Certificate certificate = impatient.issue(request).certificate();
            assertThat(ejbca.issued).containsOnlyKeys(certificate.getSerialNumber());
            assertThat(impatient.issue(request).certificate()).isEqualTo(certificate);
        }
        assertThat(ejbca.enrolments()).isOne();
    }

    @Test
    void sendsAgainOnlyWhenTheFirstTryCannotBeAtWorkAnyMore() throws Exception {
        CertificateRequest request = seal();
        ejbca.instead = call -> {
            if (call.endsWith("/pkcs10enroll")) {
                throw new IllegalStateException("the connection breaks"); // before anything is carried out
            }
            return null;
        };
        assertRefused(Kind.PEER_UNAVAILABLE, "ask again", () -> authority.issue(request));
        ejbca.instead = call -> null;
        assertRefused(Kind.PEER_UNAVAILABLE, "may still be at work", () -> authority.issue(request));
        assertThat(ejbca.enrolments()).isOne();
        clock.ahead = Duration.ofMinutes(3);
        X509Certificate certificate = authority.issue(request).certificate();
        assertThat(ejbca.issued).containsOnlyKeys(certificate.getSerialNumber());
    }

    @Test
    void refusesACertificateForAnotherNameValidityOrRoot(@TempDir Path elsewhere) throws Exception {
        ejbca.otherSubject = "CN=Somebody else,C=VN";
        assertRefused(Kind.MISCONFIGURED, "the subject", () -> authority.issue(seal()));
        ejbca.otherSubject = null;
        ejbca.validity = Duration.ofDays(3000);
        assertRefused(Kind.MISCONFIGURED, "the validity", () -> authority.issue(seal()));
        ejbca.validity = Duration.ofDays(365);
        try (TestEjbca stranger = new TestEjbca(elsewhere, true)) {
            EjbcaSettings good = ejbca.settings(ejbca.clientCertificate());
            EjbcaSettings wrongAnchor = new EjbcaSettings(good.url(), good.authority(), good.endEntityProfile(), good.certificateProfiles(), good.trustFile(),
                stranger.settings(stranger.clientCertificate()).anchorFile(), good.login());
            try (EjbcaCertificateAuthority strict = new EjbcaCertificateAuthority(wrongAnchor, new EjbcaJournal(database), clock)) {
                assertRefused(Kind.MISCONFIGURED, "the chain", () -> strict.issue(seal()));
            }
        }
    }

    @Test
    void refusesAPkcs10ThatNamesSomebodyElse() throws Exception {
        KeyPair key = newKey();
        CertificateRequest good = request(key, "person-signing", List.of("an.nguyen@city.example"));
        assertRefused(Kind.MALFORMED_REQUEST, "name the subject", () -> authority.issue(new CertificateRequest(good.id(), good.profile(), new X500Principal("CN=Trần Thị Bình,C=VN"), good.emails(), good.pkcs10(), "backbone")));
        assertRefused(Kind.MALFORMED_REQUEST, "mail addresses", () -> authority.issue(new CertificateRequest(good.id(), good.profile(), good.subject(), List.of("chu.tich@city.example"), good.pkcs10(), "backbone")));
        assertRefused(Kind.MALFORMED_REQUEST, "not asked", () -> authority.issue(new CertificateRequest(good.id(), "person-login", good.subject(), List.of(), good.pkcs10(), "backbone")));
        assertThat(ejbca.calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        400 | CA token is offline for CA 'CN=Issuing CA G1/test,O=Công ty\\, Ltd,C=VN'. | PEER_UNAVAILABLE | off-line
        400 | signsession.canotactive, CN=Issuing CA G1/test,O=Công ty\\, Ltd,C=VN | PEER_UNAVAILABLE | off-line
        400 | Single transaction enrollment request rejected since approvals are enabled for this CA (1652389506) or Certificate Profile (2051037562). | MISCONFIGURED | Approvals are on
        400 | User 'v1dn' is not allowed to use same subject DN as the user(s) 'v1' is/are using while issued by the same CA (even if CN postfix is used). | MISCONFIGURED | Enforce unique DN
        400 | User 'v1other' is not allowed to use same key as another user is using. | MALFORMED_REQUEST | certified before
        400 | Certificate profile with name "Nope" doesn't exist | MISCONFIGURED | does not know
        400 | End Entity Profile of name "Nope" was not found | MISCONFIGURED | does not know
        400 | CA with name "Nope" doesn't exist | MISCONFIGURED | does not know
        400 | Wrong number of LOCALITY fields in Subject DN. | MALFORMED_REQUEST | refuses this request
        400 | Invalid certificate request | MALFORMED_REQUEST | refuses this request
        403 | Administrator is not authorized to resource /administrator. Msg: . | MISCONFIGURED | no right
        403 | Administrator not authorized to end entity profile 1. Admin: CN=raclient. | MISCONFIGURED | end entity profile
        403 | Error no client certificate or OAuth token received for authentication. | MISCONFIGURED | does not know us
        500 | General failure. | PEER_UNAVAILABLE | failed
        """)
    void saysInWordsWhatEjbcaRefuses(int status, String message, Kind kind, String words) throws Exception {
        ejbca.instead = call -> call.endsWith("/pkcs10enroll") ? Answer.json(status, message) : null;
        CertificateRequest request = seal();
        assertRefused(kind, words, () -> authority.issue(request));
        ejbca.instead = call -> null;
        assertThat(authority.issue(request).certificate()).as("a refusal leaves nothing behind").isNotNull();
    }

    @Test
    void saysThatTheProtocolIsSwitchedOff() throws Exception {
        ejbca.instead = call -> new Answer(403, "text/html;charset=UTF-8", "<html><body>This service has been disabled.</body></html>");
        assertRefused(Kind.MISCONFIGURED, "switched off", () -> authority.issue(seal()));
    }

    @Test
    void takesNoGarbageForACertificate() throws Exception {
        for (String body : List.of("{", "[]", "{\"certificate\":\"AAAA\"}", "{\"certificate\":null}", "{\"certificate\":\"" + "A".repeat(9_000_000) + "\"}")) {
            ejbca.instead = call -> call.endsWith("/pkcs10enroll") ? new Answer(201, "application/json", body) : null;
            assertRefused(Kind.PEER_UNAVAILABLE, "", () -> authority.issue(seal()));
        }
    }

    @Test
    void leavesAFailingServerAloneForAWhile() throws Exception {
        ejbca.close();
        for (int i = 0; i < 10; i++) {
            assertRefused(Kind.PEER_UNAVAILABLE, "", () -> authority.issue(seal()));
        }
        Instant begun = Instant.now();
        assertRefused(Kind.PEER_UNAVAILABLE, "left alone", () -> authority.issue(seal()));
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void saysWhatIsWrongWithTheCertificatesOfTheConnection(@TempDir Path elsewhere) throws Exception {
        try (TestEjbca stranger = new TestEjbca(elsewhere, true)) {
            EjbcaSettings good = ejbca.settings(ejbca.clientCertificate());
            EjbcaSettings wrongTrust = new EjbcaSettings(good.url(), good.authority(), good.endEntityProfile(), good.certificateProfiles(),
                stranger.settings(stranger.clientCertificate()).trustFile(), good.anchorFile(), good.login());
            try (EjbcaCertificateAuthority strict = new EjbcaCertificateAuthority(wrongTrust, new EjbcaJournal(database), clock)) {
                assertRefused(Kind.MISCONFIGURED, "TLS", () -> strict.issue(seal()));
            }
        }
    }

    @Test
    void revokesForGood() throws Exception {
        BigInteger serial = authority.issue(seal()).certificate().getSerialNumber();
        CertificateStatus first = authority.revoke(serial, RevocationReason.KEY_COMPROMISE, "admin");
        assertThat(first.revocation().orElseThrow().reason()).isEqualTo(RevocationReason.KEY_COMPROMISE);
        assertThat(authority.revoke(serial, RevocationReason.SUPERSEDED, "admin")).as("the first one stays").isEqualTo(first);
        assertThat(ejbca.calls).anyMatch(call -> call.startsWith("PUT /v1/certificate/CN%3DIssuing%20CA%20G1%2Ftest%2CO%3DC%C3%B4ng%20ty%5C%2C%20Ltd%2CC%3DVN/"));
        BigInteger withdrawn = authority.issue(seal()).certificate().getSerialNumber();
        assertThat(authority.revoke(withdrawn, RevocationReason.PRIVILEGE_WITHDRAWN, "admin").revocation().orElseThrow().reason()).isEqualTo(RevocationReason.PRIVILEGE_WITHDRAWN);
    }

    @Test
    void takesARevocationByAnotherForDone() throws Exception {
        BigInteger serial = authority.issue(seal()).certificate().getSerialNumber();
        ejbca.instead = call -> {
            if (call.contains("/revoke?")) {
                ejbca.approve(serial, "SUPERSEDED"); // somebody was faster
                return Answer.json(409, "Certificate has previously been revoked. Revocation reason could not be changed or was not allowed.");
            }
            return null;
        };
        assertThat(authority.revoke(serial, RevocationReason.KEY_COMPROMISE, "admin").revocation().orElseThrow().reason()).isEqualTo(RevocationReason.SUPERSEDED);
    }

    @Test
    void followsARevocationThatWaitsForApprovals() throws Exception {
        BigInteger serial = authority.issue(seal()).certificate().getSerialNumber();
        ejbca.approvals = true;
        assertThat(authority.revoke(serial, RevocationReason.SUPERSEDED, "admin").revocation()).isEmpty();
        assertThat(authority.revoke(serial, RevocationReason.SUPERSEDED, "admin").revocation()).as("asked again").isEmpty();
        ejbca.approve(serial, "SUPERSEDED");
        assertThat(authority.status(serial).revocation().orElseThrow().reason()).isEqualTo(RevocationReason.SUPERSEDED);
    }

    @Test
    void knowsNothingOfASerialThatWasNeverIssued() {
        assertRefused(Kind.NOT_FOUND, "never issued", () -> authority.revoke(BigInteger.valueOf(4711), RevocationReason.SUPERSEDED, "admin"));
    }

    @Test
    void saysThatTheAuthorityIsNotShown() throws Exception {
        BigInteger serial = authority.issue(seal()).certificate().getSerialNumber();
        ejbca.instead = call -> call.equals("GET /v1/ca") ? new Answer(200, "application/json", "{\"certificate_authorities\":[]}") : null;
        assertRefused(Kind.PEER_UNAVAILABLE, "does not show the authority", () -> authority.status(serial));
    }

    private EjbcaCertificateAuthority authority(Duration patience) {
        return new EjbcaCertificateAuthority(ejbca.settings(ejbca.clientCertificate()), new EjbcaJournal(database), clock, patience);
    }

    private static CertificateRequest seal() throws Exception {
        return request(newKey(), "agency-seal", List.of());
    }

    private static CertificateRequest request(KeyPair key, String profile, List<String> emails) throws Exception {
        JcaPKCS10CertificationRequestBuilder builder = new JcaPKCS10CertificationRequestBuilder(SUBJECT, key.getPublic());
        if (!emails.isEmpty()) {
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            extensions.addExtension(Extension.subjectAlternativeName, false,
                new GeneralNames(emails.stream().map(email -> new GeneralName(GeneralName.rfc822Name, email)).toArray(GeneralName[]::new)));
            builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
        }
        byte[] pkcs10 = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())).getEncoded();
        return new CertificateRequest("test-" + UUID.randomUUID(), profile, SUBJECT, emails, pkcs10, "backbone");
    }

    private static KeyPair newKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static void assertRefused(Kind kind, String words, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.kind()).as(problem.detail()).isEqualTo(kind);
            assertThat(problem.detail()).contains(words).doesNotContain("Exception", "java.");
        });
    }
}
