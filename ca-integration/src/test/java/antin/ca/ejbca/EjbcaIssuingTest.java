package antin.ca.ejbca;

import static org.assertj.core.api.Assertions.assertThat;

import antin.ca.CertificateAuthority.IssuedCertificate;
import antin.ca.CertificateRequest;
import antin.ca.TestRequests;
import antin.ca.ejbca.TestEjbca.Answer;
import antin.ca.enrol.NewKey;
import antin.kernel.Problem.Kind;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issuing once, and handing out only what was asked for. */
class EjbcaIssuingTest extends EjbcaTestCase {

    @Test
    void issuesWithTheChainAndTheMailAddressesOfTheRequest() throws Exception {
        CertificateRequest request = request(newKey(), "person-signing", List.of("an.nguyen@city.example"));
        IssuedCertificate issued = authority.issue(request);
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
            assertRefused(Kind.MISCONFIGURED, "token of ejbca", () -> bearer.issue(seal()));
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

    @Test
    void takesTheSubjectInEjbcasOrder() throws Exception {
        X509Certificate certificate = authority.issue(seal()).certificate();
        assertThat(certificate.getSubjectX500Principal()).isNotEqualTo(SUBJECT);
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("C=VN,O=Thành phố mẫu,OU=so-noi-vu,CN=Nguyễn Văn An");
    }

    @Test
    void refusesACertificateWithoutTheMailAddressesOrForMoreThanWasAsked() throws Exception {
        ejbca.dropsNames = true;
        assertRefused(Kind.MISCONFIGURED, "mail addresses", () -> authority.issue(request(newKey(), "person-signing", List.of("an.nguyen@city.example"))));
        ejbca.extraUsage = org.bouncycastle.asn1.x509.KeyUsage.cRLSign;
        assertRefused(Kind.MISCONFIGURED, "what the key is for", () -> authority.issue(seal()));
    }

    @Test
    void looksThroughAllPagesOfASearch() throws Exception {
        CertificateRequest request = seal();
        List<String> bodies = new java.util.concurrent.CopyOnWriteArrayList<>();
        ejbca.late = Duration.ofSeconds(3);
        ejbca.instead = call -> {
            if (call.endsWith("/search") && bodies.isEmpty()) { // a full page of another user's comes first
                bodies.add(call);
                return new Answer(200, "application/json", "{\"certificates\":[" + "{\"username\":\"somebody\"},".repeat(99) + "{\"username\":\"somebody\"}]}");
            }
            if (call.endsWith("/search")) {
                bodies.add(call);
                ejbca.firstPage = 2;
            }
            return null;
        };
        try (EjbcaCertificateAuthority impatient = authority(Duration.ofSeconds(1))) {
            assertThat(impatient.issue(request).certificate()).isNotNull();
        }
        assertThat(bodies).hasSize(2);
        assertThat(ejbca.enrolments()).isOne();
    }

    @Test
    void issuesForMailEncryptionToAKeyThatSignsNothing() throws Exception {
        try (EjbcaCertificateAuthority mail = asking(Map.of("mail-encryption", "MAILENC"))) {
            KeyPair rsa = TestRequests.rsa(3072, RSAKeyGenParameterSpec.F4);
            assertThat(mail.issue(request(rsa, "mail-encryption", List.of("an@city.example"))).certificate().getKeyUsage()).startsWith(false, false, true);
            assertThat(mail.issue(request(newKey(), "mail-encryption", List.of("an@city.example"))).certificate().getKeyUsage()).startsWith(false, false, true, false, true);
        }
        try (EjbcaCertificateAuthority mail = asking(Map.of("mail-encryption", "MAILSIGN"))) {
            assertRefused(Kind.MISCONFIGURED, "what the key is for", () -> mail.issue(request(newKey(), "mail-encryption", List.of("an@city.example"))));
        }
    }

    @Test
    void issuesForTlsServersWithNamesAndAddresses() throws Exception {
        try (EjbcaCertificateAuthority tls = asking(Map.of("tls-server", "TLSSERVER"))) {
            X500Principal subject = new X500Principal("CN=mail.city.example,C=VN");
            List<String> hosts = List.of("mail.city.example", "192.0.2.7", "2001:db8::7");
            byte[] pkcs10 = NewKey.make(new SecureRandom()).hostRequest(subject, hosts);
            CertificateRequest request = new CertificateRequest("test-tls", "tls-server", subject, List.of(), pkcs10, "backbone", hosts);
            assertThat(tls.issue(request).certificate().getSubjectAlternativeNames().toString()).contains("mail.city.example", "192.0.2.7", "2001:db8:0:0:0:0:0:7");
            assertRefused(Kind.MALFORMED_REQUEST, "these mail addresses or hosts", () -> tls.issue(new CertificateRequest("test-other", "tls-server", subject, List.of(), pkcs10, "backbone",
                List.of("mail.city.example"))));
        }
    }

    private EjbcaCertificateAuthority asking(Map<String, String> profiles) {
        ejbca.certificateProfiles = profiles;
        return authority(Duration.ofSeconds(10));
    }
}
