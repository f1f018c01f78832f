package antin.ca;

import static antin.ca.CertificateAuthorityContract.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.Problem.Kind;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every profile that is issued on request, with either kind of key, past the lint. */
class ProfilesTest {

    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;
    private static final String MAIL = "1.3.6.1.5.5.7.3.4";
    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";

    @TempDir
    private static Path home;
    private static TestAuthority test;
    private static KeyPair ec;
    private static KeyPair rsa;

    @BeforeAll
    static void start() throws Exception {
        test = TestAuthority.start(TestPostgres.source(TestPostgres.newDatabase()), home, Clock.systemUTC());
        ec = TestRequests.ec("secp256r1");
        rsa = TestRequests.rsa(3072, RSAKeyGenParameterSpec.F4);
    }

    @AfterAll
    static void stop() throws Exception {
        test.close();
    }

    @Test
    void issuesEveryProfileForBothKindsOfKeys() throws Exception {
        Map<String, String> purposes = Map.of("mail-signing", MAIL, "mail-encryption", MAIL, "tls-server", SERVER, "tls-client", CLIENT, "person-login", CLIENT);
        for (Map.Entry<String, String> profile : purposes.entrySet()) {
            for (KeyPair key : List.of(ec, rsa)) {
                X509Certificate certificate = issue(profile.getKey(), key);
                assertThat(certificate.getExtendedKeyUsage()).as(profile.getKey()).containsExactly(profile.getValue());
                boolean encrypts = profile.getKey().equals("mail-encryption");
                assertThat(usages(certificate)).as(profile.getKey()).containsExactly(!encrypts ? DIGITAL_SIGNATURE : key == rsa ? KEY_ENCIPHERMENT : KEY_AGREEMENT);
            }
        }
    }

    @Test
    void namesAServersHostsAndKeepsItForThirteenMonths() throws Exception {
        X509Certificate certificate = issue("tls-server", ec);
        assertThat(certificate.getSubjectAlternativeNames().stream().map(name -> name.get(0) + " " + name.get(1)))
            .containsExactly("2 may-chu.city.example", "7 192.0.2.7", "7 2001:db8:0:0:0:0:0:7");
        assertThat(certificate.getNotAfter().toInstant()).isBefore(Instant.now().plus(Duration.ofDays(398)));
    }

    @Test
    void refusesHostsThatAreNoneOrNotTheProfiles() throws Exception {
        for (String host : List.of("*.city.example", "máy.example", "a..b", "256.1.1.1", "192.0.2.0/24", "-a.example", "a b", "")) {
            refuse("tls-server", List.of(), List.of(host));
        }
        refuse("tls-server", List.of(), List.of());
        refuse("tls-server", List.of("an@city.example"), List.of("a.example"));
        refuse("tls-client", List.of(), List.of("a.example"));
        refuse("mail-signing", List.of(), List.of());
        refuse("mail-encryption", List.of(), List.of());
        refuse("person-signing", List.of("an@city.example"), List.of("a.example"));
    }

    @Test
    void takesTheSameIdWithOtherHostsForAnotherWish() throws Exception {
        String id = TestRequests.newId();
        byte[] pkcs10 = TestRequests.pkcs10(ec);
        test.authority().issue(request(id, "tls-server", pkcs10, List.of(), List.of("a.example")));
        assertRefused(Kind.CONFLICT, () -> test.authority().issue(request(id, "tls-server", pkcs10, List.of(), List.of("b.example"))));
    }

    private static X509Certificate issue(String profile, KeyPair key) throws Exception {
        boolean server = profile.equals("tls-server");
        return test.authority().issue(request(TestRequests.newId(), profile, TestRequests.pkcs10(key), server ? List.of() : List.of("an@city.example"),
            server ? List.of("may-chu.city.example", "192.0.2.7", "2001:db8::7") : List.of())).certificate();
    }

    private static void refuse(String profile, List<String> emails, List<String> hosts) throws Exception {
        byte[] pkcs10 = TestRequests.pkcs10(ec);
        assertRefused(Kind.MALFORMED_REQUEST, () -> test.authority().issue(request(TestRequests.newId(), profile, pkcs10, emails, hosts)));
    }

    private static CertificateRequest request(String id, String profile, byte[] pkcs10, List<String> emails, List<String> hosts) {
        return new CertificateRequest(id, profile, new X500Principal("CN=Hệ thống văn bản,OU=so-noi-vu,O=Thành phố mẫu,C=VN"), emails, pkcs10, "backbone", hosts);
    }

    private static List<Integer> usages(X509Certificate certificate) {
        boolean[] bits = certificate.getKeyUsage();
        return java.util.stream.IntStream.range(0, bits.length).filter(bit -> bits[bit]).boxed().toList();
    }
}
