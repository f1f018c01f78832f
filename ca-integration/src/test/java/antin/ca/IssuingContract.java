package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;

import antin.ca.CertificateAuthority.IssuedCertificate;
import antin.kernel.Problem.Kind;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;

/** Whoever issues does so once for each wish, for the key that is proven and the names that were asked for, and refuses the rest with a reason. */
public interface IssuingContract extends CertificateAuthorityContract {

    private CertificateRequest seal(String id, String agency, KeyPair key) throws Exception {
        return wish(id, "agency-seal", TestRequests.subject(agency), List.of(), key);
    }

    @Test
    default void issuesForAKeyThatIsProven() throws Exception {
        KeyPair key = TestRequests.ec("secp256r1");
        IssuedCertificate issued = authority().issue(seal(TestRequests.newId(), "Sở Nội vụ", key));
        X509Certificate certificate = issued.certificate();
        assertThat(certificate.getPublicKey()).isEqualTo(key.getPublic());
        assertThat(CertificateAuthorityContract.parts(certificate.getSubjectX500Principal())).isEqualTo(CertificateAuthorityContract.parts(TestRequests.subject("Sở Nội vụ")));
        assertThat(certificate.getKeyUsage()).startsWith(true, true, false);
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getNotAfter().toInstant()).isBetween(Instant.now().plus(Duration.ofDays(729)), Instant.now().plus(Duration.ofDays(731)));
        assertThat(issued.authorities()).hasSize(2);
        certificate.verify(issued.authorities().getFirst().getPublicKey());
        issued.authorities().getFirst().verify(issued.authorities().getLast().getPublicKey());
    }

    @Test
    default void issuesForEveryKindOfKeyThatIsStrong() throws Exception {
        for (KeyPair key : List.of(TestRequests.rsa(3072, RSAKeyGenParameterSpec.F4), TestRequests.ec("secp384r1"))) {
            assertThat(authority().issue(seal(TestRequests.newId(), "Sở Nội vụ", key)).certificate().getPublicKey()).isEqualTo(key.getPublic());
        }
    }

    @Test
    default void namesAPersonsMailAddresses() throws Exception {
        X509Certificate certificate = authority().issue(wish(TestRequests.newId(), "person-signing", TestRequests.subject("Trần Thị B"),
            List.of("b@city.example", "tran.b@city.example"), TestRequests.ec("secp256r1"))).certificate();
        assertThat(certificate.getSubjectAlternativeNames().stream().map(name -> String.valueOf(name.get(1))))
            .containsExactlyInAnyOrder("b@city.example", "tran.b@city.example");
        assertThat(certificate.getExtendedKeyUsage()).containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.36", "1.3.6.1.5.5.7.3.4");
    }

    @Test
    default void answersARepeatedRequestWithTheSameCertificate() throws Exception {
        KeyPair key = TestRequests.ec("secp256r1");
        CertificateRequest request = seal(TestRequests.newId(), "Sở Nội vụ", key);
        X509Certificate first = authority().issue(request).certificate();
        assertThat(authority().issue(request).certificate()).isEqualTo(first);
        assertThat(authority().issue(seal(request.id(), "Sở Nội vụ", key)).certificate()).as("signed anew by the same key").isEqualTo(first);
    }

    @Test
    default void issuesOnceHoweverManyAskAtTheSameTime() throws Exception {
        CertificateRequest request = any();
        Set<X509Certificate> certificates = new HashSet<>(CertificateAuthorityContract.inParallel(16, () -> authority().issue(request).certificate()));
        assertThat(certificates).hasSize(1);
    }

    @Test
    default void refusesTheSameIdForAnotherRequest() throws Exception {
        KeyPair key = TestRequests.ec("secp256r1");
        String id = TestRequests.newId();
        authority().issue(seal(id, "Sở Nội vụ", key));
        CertificateAuthorityContract.assertRefused(Kind.CONFLICT, () -> authority().issue(seal(id, "Sở Y tế", key)));
        CertificateAuthorityContract.assertRefused(Kind.CONFLICT, () -> authority().issue(seal(id, "Sở Nội vụ", TestRequests.ec("secp256r1"))));
    }

    @Test
    default void refusesAKeyThatIsNotProven() throws Exception {
        KeyPair one = TestRequests.ec("secp256r1");
        KeyPair other = TestRequests.ec("secp256r1");
        byte[] unproven = TestRequests.pkcs10(new KeyPair(one.getPublic(), other.getPrivate()));
        CertificateAuthorityContract.assertRefused(Kind.MALFORMED_REQUEST, () -> authority().issue(TestRequests.withKey(any(), unproven)));
        CertificateAuthorityContract.assertRefused(Kind.MALFORMED_REQUEST, () -> authority().issue(TestRequests.withKey(any(), TestRequests.pkcs10(one, "SHA1withECDSA"))));
    }

    @Test
    default void refusesWeakKeys() throws Exception {
        for (KeyPair weak : List.of(TestRequests.rsa(2048, RSAKeyGenParameterSpec.F4), TestRequests.rsa(3072, BigInteger.valueOf(3)), TestRequests.ec("secp521r1"))) {
            CertificateAuthorityContract.assertRefused(Kind.MALFORMED_REQUEST, () -> authority().issue(seal(TestRequests.newId(), "Sở Nội vụ", weak)));
        }
    }

    @Test
    default void refusesAKeyOfAnotherSubject() throws Exception {
        KeyPair key = TestRequests.ec("secp256r1");
        authority().issue(seal(TestRequests.newId(), "Sở Nội vụ", key));
        CertificateAuthorityContract.assertRefused(Kind.MALFORMED_REQUEST, () -> authority().issue(seal(TestRequests.newId(), "Sở Y tế", key)));
    }

    @Test
    default void refusesWhatTheProfileDoesNotAllow() throws Exception {
        CertificateRequest good = any();
        List<CertificateRequest> bad = List.of(
            new CertificateRequest(good.id(), "root", good.subject(), List.of(), good.pkcs10(), "backbone"),
            new CertificateRequest("../" + good.id(), good.profile(), good.subject(), List.of(), good.pkcs10(), "backbone"),
            new CertificateRequest(good.id(), good.profile(), good.subject(), List.of("nobody"), good.pkcs10(), "backbone"),
            new CertificateRequest(good.id(), good.profile(), good.subject(), List.of(), good.pkcs10(), ""),
            new CertificateRequest(good.id(), good.profile(), good.subject(), List.of(), new byte[0], "backbone"),
            new CertificateRequest(good.id(), good.profile(), good.subject(), List.of(), new byte[9000], "backbone"),
            TestRequests.withSubject(good, new X500Principal("OU=so-noi-vu,O=Thành phố mẫu,C=VN")),
            TestRequests.withSubject(good, new X500Principal("CN=a,C=US")),
            TestRequests.withSubject(good, new X500Principal("CN=a,CN=b,C=VN")),
            TestRequests.withSubject(good, new X500Principal("CN=a+O=b,C=VN")),
            TestRequests.withSubject(good, new X500Principal("CN=" + "a".repeat(65) + ",C=VN")),
            TestRequests.withSubject(good, new X500Principal("CN=a\u202Eb,C=VN")),
            TestRequests.withSubject(good, new X500Principal("CN=a,DC=example,C=VN")));
        for (CertificateRequest request : bad) {
            CertificateAuthorityContract.assertRefused(Kind.MALFORMED_REQUEST, () -> authority().issue(request));
        }
        authority().issue(good);
    }
}
