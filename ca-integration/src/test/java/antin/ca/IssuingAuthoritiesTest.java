package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;

import antin.ca.CertificateAuthority.IssuedCertificate;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which authority signs what (Decree 68/2024/NĐ-CP, Article 10), and what becomes of installations that had but one. */
class IssuingAuthoritiesTest {

    private static final X500Principal PERSON = new X500Principal("UID=100001,CN=Nguyễn Văn An,OU=so-noi-vu,O=Thành phố mẫu,C=VN");
    private static final X500Principal SYSTEM = new X500Principal("CN=Quản lý văn bản,O=Thành phố mẫu,C=VN");
    private static final X500Principal AGENCY = new X500Principal("OID.2.5.4.97=GOVVN-H01,CN=Sở Nội vụ,O=Thành phố mẫu,C=VN");

    @TempDir
    private Path home;

    @Test
    void signsForPersonsAgenciesAndDevicesByAnAuthorityOfEach() throws Exception {
        try (TestAuthority test = TestAuthority.start(TestPostgres.source(TestPostgres.newDatabase()), home, Clock.systemUTC())) {
            for (Map.Entry<CertificateRequest, String> wish : Map.of(wish("person-signing", PERSON), "persons", wish("person-login", PERSON), "persons",
                wish("tls-client", PERSON), "persons", wish("mail-encryption", PERSON), "persons", wish("agency-seal", AGENCY), "agencies",
                wish("mail-signing", AGENCY), "agencies", wish("mail-signing", SYSTEM), "issuing", wish("tls-client", SYSTEM), "issuing",
                wish("person-login", SYSTEM), "issuing", wish("tls-server", SYSTEM), "issuing").entrySet()) {
                IssuedCertificate issued = test.authority().issue(wish.getKey());
                BigInteger serial = issued.certificate().getSerialNumber();
                assertThat(status(test, serial).issuer()).as(wish.getKey().toString()).isEqualTo(wish.getValue());
                issued.certificate().verify(issued.authorities().getFirst().getPublicKey());
                issued.authorities().getFirst().verify(issued.authorities().getLast().getPublicKey());
                assertThat(new String(issued.certificate().getExtensionValue("2.5.29.31"), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .contains("/crl/" + wish.getValue() + ".crl");
                byte[] before = test.authority().crl(wish.getValue());
                test.authority().revoke(serial, RevocationReason.SUPERSEDED, "admin");
                assertThat(test.authority().crl(wish.getValue())).isNotEqualTo(before);
            }
        }
    }

    @Test
    void goesOnByOneAuthorityUntilTheOthersAreMadeAndKeepsWhatItSigned() throws Exception {
        String database = TestPostgres.newDatabase();
        TestState state = TestState.prepare(home);
        state.bootstrap(Clock.systemUTC());
        for (String authority : List.of("persons", "agencies")) { // as before there were any
            Files.delete(home.resolve("ca/" + authority + ".p12"));
        }
        Files.move(home.resolve("ca/root.p12"), home.resolve("elsewhere"));
        KeyPair key = TestRequests.ec("secp256r1");
        CertificateRequest wish = TestRequests.seal(TestRequests.newId(), key);
        CertificateRequest revoked = TestRequests.any();
        IssuedCertificate old;
        try (TestAuthority test = TestAuthority.start(TestPostgres.source(database), home, Clock.systemUTC())) {
            old = test.authority().issue(wish);
            assertThat(status(test, old.certificate().getSerialNumber()).issuer()).isEqualTo("issuing");
            test.authority().issue(revoked);
        }
        Files.move(home.resolve("elsewhere"), home.resolve("ca/root.p12"));
        try (TestAuthority test = TestAuthority.start(TestPostgres.source(database), home, Clock.systemUTC())) {
            assertThat(test.authority().issue(wish)).as("with the chain that it had").isEqualTo(old);
            BigInteger serial = test.authority().issue(revoked).certificate().getSerialNumber();
            assertThat(test.authority().revoke(serial, RevocationReason.SUPERSEDED, "admin").issuer()).isEqualTo("issuing");
            BigInteger next = test.authority().issue(TestRequests.seal(TestRequests.newId(), key)).certificate().getSerialNumber();
            assertThat(status(test, next).issuer()).isEqualTo("agencies");
        }
    }

    private static CertificateRequest wish(String profile, X500Principal subject) throws Exception {
        return new CertificateRequest(TestRequests.newId(), profile, subject, profile.startsWith("mail") ? List.of("an@city.example") : List.of(),
            TestRequests.pkcs10(TestRequests.ec("secp256r1")), "backbone", profile.equals("tls-server") ? List.of("a.example") : List.of());
    }

    private static CertificateStatus status(TestAuthority test, BigInteger serial) {
        return test.authority().changesAfter(0, 1000, Duration.ZERO).stream().filter(status -> status.serial().equals(serial)).findFirst().orElseThrow();
    }
}
