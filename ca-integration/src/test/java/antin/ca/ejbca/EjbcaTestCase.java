package antin.ca.ejbca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.ca.CertificateRequest;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
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
import org.junit.jupiter.api.io.TempDir;

/**
 * A server with the statuses, bodies and oddities of a live one, and the adapter in front of it. What a live EJBCA Community 8.2.0.1 did, each oddity with the test that answers the same way.
 *
 * <ol>
 * <li>No "user already exists": {@code EjbcaIssuingTest.asksOnceForOneRequestHoweverOftenItIsAsked}, {@code asksOnceHoweverManyAskAtTheSameTime},
 *     {@code findsWhatWasIssuedAfterTheAnswerCameTooLate}, {@code sendsAgainOnlyWhenTheFirstTryCannotBeAtWorkAnyMore}</li>
 * <li>Conflicts of name or key are 400: {@code EjbcaFaultsTest.saysInWordsWhatEjbcaRefuses}, {@code EjbcaCertificateAuthorityTest.refusesAKeyOfAnotherSubject}</li>
 * <li>User names are rewritten: ids have no other letters, {@code EjbcaCertificateAuthorityTest.refusesWhatTheProfileDoesNotAllow}</li>
 * <li>Approvals: {@code EjbcaFaultsTest.saysInWordsWhatEjbcaRefuses}, {@code EjbcaRevocationTest.followsARevocationThatWaitsForApprovals},
 *     {@code tellsOnceOfAWaitingRevocationThatWasApproved}, {@code followsAHoldAndAReleaseThatWaitForApprovals}</li>
 * <li>{@code finalize}: not called, since enrolment with approvals is refused before (4)</li>
 * <li>Error bodies, 500 for what is no JSON: {@code EjbcaFaultsTest.takesAFailureForAnOpenEndAndLooksBeforeItAsksAgain}, {@code takesNoGarbageForACertificate}</li>
 * <li>An off-line authority is 400, or is not shown: {@code EjbcaFaultsTest.saysInWordsWhatEjbcaRefuses}, {@code EjbcaRevocationTest.saysThatTheAuthorityIsNotShown},
 *     {@code EjbcaDoctorTest.tellsAnAuthorityThatIsOffline}, {@code tellsAnAuthorityThatIsNotShownAndWhichAre}</li>
 * <li>Revocation: {@code EjbcaRevocationTest.revokesForGood}, {@code takesARevocationByAnotherForDone}, {@code revokesForGoodWhatIsOnHold},
 *     {@code takesAHoldThatSomebodyElseReleasedMeanwhileForReleased}; holds in {@code EjbcaCertificateAuthorityTest}; no date is sent</li>
 * <li>Serial numbers: {@code EjbcaRevocationTest.sendsSerialsWithoutAPrefixHoweverManyDigitsTheyHave}</li>
 * <li>The issuer's name in a path: {@code EjbcaRevocationTest.revokesForGood}</li>
 * <li>Base64 once and twice, the chain without the leaf: {@code EjbcaIssuingTest.issuesWithTheChainAndTheMailAddressesOfTheRequest},
 *     {@code findsWhatWasIssuedAfterTheAnswerCameTooLate}</li>
 * <li>Pages without a total, an empty list for who may see nothing: {@code EjbcaIssuingTest.looksThroughAllPagesOfASearch},
 *     {@code EjbcaFaultsTest.asksForNoSecondCertificateWhereItMaySeeNone}</li>
 * <li>No CRL is {@code null} with 200, one is made after a revocation: {@code EjbcaRevocationTest.hasACrlMadeAfterARevocation},
 *     {@code revokesAlsoWhereOurRoleMakesNoCrls}, {@code EjbcaDoctorTest.tellsUnknownProfilesAndAMissingCrl}</li>
 * <li>Members that it does not know are dropped: {@code EjbcaIssuingTest.refusesACertificateForAnotherNameValidityOrRoot},
 *     {@code refusesACertificateWithoutTheMailAddressesOrForMoreThanWasAsked}, {@code takesTheSubjectInEjbcasOrder}</li>
 * <li>No end entities over REST: names go in the PKCS#10, {@code EjbcaIssuingTest.refusesAPkcs10ThatNamesSomebodyElse},
 *     {@code issuesForMailEncryptionToAKeyThatSignsNothing}, {@code issuesForTlsServersWithNamesAndAddresses}</li>
 * </ol>
 *
 * <p>Logging in: a bearer token that is none, {@code EjbcaIssuingTest.issuesWithABearerToken}; an unknown subject with an empty list and a revoked administrator,
 * {@code EjbcaDoctorTest.tellsAnAuthorityThatIsNotShownAndWhichAre}, {@code tellsAnAdministratorWhoseCertificateWasRevoked}; a TLS alert,
 * {@code tellsAServerOfAnotherAuthority}; a page in place of JSON, {@code tellsThatTheProtocolIsSwitchedOff}, {@code tellsWhichOfTheTwoProtocolsIsSwitchedOff}.
 *
 * <p>Seen later on a live server: PEM that is called JSON where JSON was asked for, and 500 to some of several changes of one certificate that come together;
 * {@code TestEjbca} does both.
 */
abstract class EjbcaTestCase {

    static final X500Principal SUBJECT = new X500Principal("CN=Nguyễn Văn An,OU=so-noi-vu,O=Thành phố mẫu,C=VN");
    private static EmbeddedPostgres postgres;
    static DataSource database;

    /** Ahead of the real one as far as a test says. */
    static final class LaterClock extends Clock {

        Duration ahead = Duration.ZERO;

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

    final LaterClock clock = new LaterClock();
    @TempDir
    Path folder;
    TestEjbca ejbca;
    EjbcaCertificateAuthority authority;

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

    EjbcaCertificateAuthority authority(Duration patience) {
        return new EjbcaCertificateAuthority(ejbca.settings(ejbca.clientCertificate()), new EjbcaJournal(database), clock, patience);
    }

    static CertificateRequest seal() throws Exception {
        return request(newKey(), "agency-seal", List.of());
    }

    static CertificateRequest request(KeyPair key, String profile, List<String> emails) throws Exception {
        return new CertificateRequest("test-" + UUID.randomUUID(), profile, SUBJECT, emails, pkcs10(key, SUBJECT, emails), "backbone");
    }

    /** Names and all, since EJBCA takes them from here. */
    static byte[] pkcs10(KeyPair key, X500Principal subject, List<String> emails) throws Exception {
        JcaPKCS10CertificationRequestBuilder builder = new JcaPKCS10CertificationRequestBuilder(subject, key.getPublic());
        if (!emails.isEmpty()) {
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            extensions.addExtension(Extension.subjectAlternativeName, false,
                new GeneralNames(emails.stream().map(email -> new GeneralName(GeneralName.rfc822Name, email)).toArray(GeneralName[]::new)));
            builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
        }
        return builder.build(new JcaContentSignerBuilder(key.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA").build(key.getPrivate())).getEncoded();
    }

    static KeyPair newKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    static void assertRefused(Kind kind, String words, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.kind()).as(problem.detail()).isEqualTo(kind);
            assertThat(problem.detail()).contains(words).doesNotContain("Exception", "java.");
        });
    }
}
