package antin.ca.ejbca;

import static org.assertj.core.api.Assertions.assertThat;

import antin.ca.CertificateRequest;
import antin.ca.ejbca.TestEjbca.Answer;
import antin.kernel.Problem.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server that refuses or fails is told as. */
class EjbcaFaultsTest extends EjbcaTestCase {

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
        429 | Slow down. | PEER_UNAVAILABLE | failed
        403 | Authentication failed using OAuth Bearer Token. JWT token has expired. | MISCONFIGURED | token of ejbca.token-file
        403 | Authentication failed. Further information: No admin authenticated for certificate with serialNumber 1764380825923731. | MISCONFIGURED | does not know us
        404 | RESTEASY003210: Could not find resource for full path: https://localhost:8443/x | MISCONFIGURED | no REST API
        405 | RESTEASY003650: No resource method found for GET, return 405 with Allow header | MISCONFIGURED | no REST API
        422 | Unsupported key algorithm | MALFORMED_REQUEST | refuses this request
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
    void takesAFailureForAnOpenEndAndLooksBeforeItAsksAgain() throws Exception {
        CertificateRequest request = seal();
        ejbca.instead = call -> call.endsWith("/pkcs10enroll") ? Answer.json(500, "General failure.") : null;
        assertRefused(Kind.PEER_UNAVAILABLE, "ask again", () -> authority.issue(request));
        ejbca.instead = call -> null;
        assertRefused(Kind.PEER_UNAVAILABLE, "may still be at work", () -> authority.issue(request));
        clock.ahead = Duration.ofMinutes(3);
        assertThat(authority.issue(request).certificate()).isNotNull();
    }

    @Test
    void asksForNoSecondCertificateWhereItMaySeeNone() throws Exception {
        CertificateRequest request = seal();
        ejbca.instead = call -> call.endsWith("/pkcs10enroll") ? Answer.json(500, "General failure.") : null;
        assertRefused(Kind.PEER_UNAVAILABLE, "", () -> authority.issue(request));
        clock.ahead = Duration.ofMinutes(3);
        ejbca.instead = call -> call.equals("GET /v1/ca") ? Answer.json(403, "Administrator is not authorized to resource /administrator. Msg: .") // a search answers 200 and nothing
            : call.endsWith("/search") ? new Answer(200, "application/json", "{\"certificates\":[]}") : null;
        assertRefused(Kind.MISCONFIGURED, "no right", () -> authority.issue(request));
        assertThat(ejbca.enrolments()).isOne();
    }
}
