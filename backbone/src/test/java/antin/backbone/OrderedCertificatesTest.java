package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.PersonEntry;
import antin.directory.Register;
import antin.directory.Role;
import antin.directory.UnitEntry;
import antin.directory.ldap.LdapDirectory;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Certificates for agencies' keys and the city's systems, which take two administrators, from the real authority. */
class OrderedCertificatesTest {

    private static final String AGENCIES = "/admin/certificates/agencies";
    private static final String SYSTEMS = "/admin/certificates/systems";
    private static final String OFFICE = "van-thu.so-noi-vu@city.example";
    private static final String DISTRICT = "quan-hoa-binh";

    private final TestBackbone backbone = TestBackbone.shared();

    @BeforeEach
    void anotherDay() {
        backbone.clock.forward(Duration.ofHours(49));
    }

    @Test
    void issuesASealForAnAgencysKeyWhenASecondAdministratorAllowedIt() throws Exception {
        TestBrowser lan = as("lan.bui");
        TestBrowser cuong = as("cuong.le");
        assertThat(lan.get("/admin/units/" + DISTRICT).body()).contains(AGENCIES + "?unit=" + DISTRICT);
        assertThat(lan.get(AGENCIES + "?unit=" + DISTRICT).body()).contains("HSM", "Chữ ký số của cơ quan").doesNotContain("??");
        byte[] pkcs10 = TestPkcs10.good();
        String asked = location(askForAgency(lan, DISTRICT, "agency-seal", pkcs10));
        assertThat(askForAgency(lan, DISTRICT, "agency-seal", pkcs10).statusCode()).as("asked already").isEqualTo(409);
        String carryOut = asked.replace("/approvals/", "/admin/certificates/orders/") + "/carry-out";
        assertThat(lan.get(asked).body()).contains("Đang chờ", "CN=", "organizationIdentifier=MD:VN-", "EC P-256").doesNotContain("/give", "Chủ tịch", "??");
        assertThat(lan.post("/account", carryOut).statusCode()).as("not yet allowed").isEqualTo(409);
        assertThat(as("phuc.duong").get(asked).statusCode()).as("administers less").isEqualTo(404);
        assertThat(cuong.get("/approvals").body()).contains(asked, "Cấp chứng thư số cho khóa của cơ quan", "Hòa Bình");
        assertThat(cuong.get(asked + "?lang=en").body()).contains("/give", "compare the key’s fingerprint").doesNotContain("??");
        cuong.get(asked + "?lang=vi");
        assertThat(cuong.post("/account", asked + "/give").statusCode()).isEqualTo(303);
        assertThat(cuong.post("/account", carryOut).statusCode()).as("only who asked").isEqualTo(404);

        String token = TestBrowser.token(lan.get(asked).body());
        List<HttpResponse<String>> done = atOnce(() -> lan.postWithToken(carryOut, token));
        assertThat(done).extracting(HttpResponse::statusCode).as("once, however often it is pressed").containsExactlyInAnyOrder(303, 409);
        String page = location(done.stream().filter(answer -> answer.statusCode() == 303).findFirst().orElseThrow()).replaceAll("\\?.*", "");
        assertThat(lan.get(page + "?done=issued").body()).contains("Đã cấp chứng thư số.", "Có hiệu lực", "organizationIdentifier=MD:VN-").doesNotContain("??");
        X509Certificate certificate = certificate(lan.bytes(page + "/certificate.cer"));
        assertThat(certificate.getSubjectX500Principal().getName()).contains("OU=" + DISTRICT).doesNotContain("Chủ tịch");
        assertThat(certificate.getIssuerX500Principal().getName()).as("the agencies' authority").isEqualTo(certificate(Files.readAllBytes(backbone.ca.file("agencies"))).getSubjectX500Principal().getName());
        assertThat(lan.get(AGENCIES + "?unit=" + DISTRICT).body()).contains(page);
        assertThat(lan.get(asked).body()).contains(page, "Đã thực hiện");
        assertThat(askForAgency(lan, DISTRICT, "agency-seal", pkcs10).body()).contains("đã dùng cho một chứng thư số trước đây");
        assertThat(as("ngan.ngo").get(page).statusCode()).as("another district's administrator").isEqualTo(404);
        assertThat(backbone.auditLog()).containsPattern("\"act\":\"approval.used\",\"outcome\":\"done\"[^\n]*agency-certificate").containsPattern("\"act\":\"certificate.enrol\",\"outcome\":\"done\"[^\n]*agency-seal");
        revokesWithTheSecondPersonUnlessTheKeyIsInOtherHands(lan, cuong, page);
    }

    private void revokesWithTheSecondPersonUnlessTheKeyIsInOtherHands(TestBrowser lan, TestBrowser cuong, String page) throws Exception {
        String revoke = page + "/revoke";
        assertThat(lan.get(revoke).body()).contains("một quản trị viên nữa phải đồng ý").doesNotContain("??");
        assertThat(lan.post(revoke, revoke, "reason", "superseded").statusCode()).as("no explanation").isEqualTo(422);
        String asked = location(lan.post(revoke, revoke, "reason", "superseded", "why", "Thay thiết bị"));
        assertThat(lan.get(page).body()).as("not yet").contains("Có hiệu lực");
        assertThat(cuong.get(asked).body()).contains("Thu hồi chứng thư số của cơ quan", "Đã có chứng thư số khác thay thế", "/give").doesNotContain("??");
        assertThat(cuong.post("/account", asked + "/give").statusCode()).isEqualTo(303);
        String carryOut = asked.replace("/approvals/", "/admin/certificates/revocations/") + "/carry-out";
        assertThat(cuong.post("/account", carryOut).statusCode()).isEqualTo(404);
        assertThat(lan.post(asked, carryOut).statusCode()).isEqualTo(303);
        assertThat(lan.get(page).body()).contains("Đã thu hồi", "Đã có chứng thư số khác thay thế");

        String other = sealed(lan, cuong);
        assertThat(lan.post(other, other + "/revoke", "reason", "keyCompromise").statusCode()).as("one person, at once").isEqualTo(303);
        assertThat(lan.get(other).body()).contains("Đã thu hồi", "Khóa bị lộ");
    }

    @Test
    void saysWhatIsWrongWithARequestForAnAgency() throws Exception {
        TestBrowser lan = as("lan.bui");
        assertThat(askForAgency(lan, DISTRICT, "agency-seal", new byte[0]).body()).contains("Hãy chọn một tệp").doesNotContain("??");
        HttpResponse<String> secret = lan.post(AGENCIES + "?unit=" + DISTRICT, AGENCIES, "unit", DISTRICT, "kind", "agency-seal", "reason", "x", "text",
            TestPkcs10.pem("PRIVATE KEY", TestPkcs10.ec("secp256r1").getPrivate().getEncoded()));
        assertThat(secret.statusCode()).isEqualTo(422);
        assertThat(secret.body()).contains("Tệp chứa khóa riêng").doesNotContain("BEGIN PRIVATE");
        assertThat(lan.post(AGENCIES + "?unit=" + DISTRICT, AGENCIES, "unit", DISTRICT, "kind", "agency-seal", "text", TestPkcs10.pem(TestPkcs10.good())).body()).contains("Hãy viết lý do");
        assertThat(askForAgency(lan, DISTRICT, "mail-signing", TestPkcs10.good(), "address", "chutich@city.example").body()).as("another's address").contains("chưa có địa chỉ thư này");
        assertThat(askForAgency(lan, DISTRICT, "person-login", TestPkcs10.good()).statusCode()).isEqualTo(400);
        assertThat(lan.get(AGENCIES + "?unit=so-noi-vu").statusCode()).as("not theirs").isEqualTo(403);
        assertThat(lan.post("/account", AGENCIES, "unit", "so-noi-vu", "kind", "agency-seal", "reason", "x", "text", TestPkcs10.pem(TestPkcs10.good())).statusCode()).isEqualTo(403);
        assertThat(as("duong.pham").get(AGENCIES + "?unit=so-noi-vu").body()).as("an auditor looks").doesNotContain("<form action=\"" + AGENCIES, "??");
        byte[] persons = TestPkcs10.good();
        assertThat(as("duc.hoang").post("/account/certificates", "/account/certificates", "kind", "mail-signing", "text", TestPkcs10.pem(persons)).statusCode()).isEqualTo(303);
        TestBrowser cuong = as("cuong.le");
        assertThat(askForAgency(cuong, "so-noi-vu", "mail-signing", persons, "address", OFFICE).body()).contains("của người khác");
        String asked = location(askForAgency(cuong, "so-noi-vu", "mail-encryption", TestPkcs10.good(), "address", OFFICE));
        assertThat(cuong.get(asked).body()).as("of its functional mailbox").contains(OFFICE, "Mã hóa thư điện tử");
    }

    @Test
    void issuesForSystemsWhenTwoOfTheCityAgreeAndChecksTheirNames() throws Exception {
        try (LdapDirectory raw = LdapDirectory.connect(backbone.directory.settings(), backbone.directory.backbone())) {
            Register register = raw.register();
            PersonEntry ngan = register.person("100010").orElseThrow();
            PersonEntry second = register.change(ngan, ngan.withRoles(Set.of(Role.CITY_ADMINISTRATOR)));
            try {
                TestBrowser cuong = as("cuong.le");
                TestBrowser other = as("ngan.ngo");
                String name = "dvc-" + Long.toString(System.nanoTime(), 36);
                String host = name + ".city.example";
                assertThat(cuong.get(SYSTEMS).body()).contains("Máy chủ TLS").doesNotContain("??");
                assertThat(askForSystem(cuong, "tls-server", name, "").body()).contains("ít nhất một tên máy chủ").doesNotContain("??");
                for (String outside : List.of("dvc.example.com", "8.8.8.8", "city.example.evil.com")) {
                    assertThat(askForSystem(cuong, "tls-server", name, outside).body()).as(outside).contains("ngoài tên miền của thành phố");
                }
                for (String form : List.of("*.city.example", "https://a.city.example", "a_b.city.example", "a.b.city.example.", "::zz")) {
                    assertThat(askForSystem(cuong, "tls-server", name, form).body()).as(form).contains("tên DNS đầy đủ");
                }
                assertThat(askForSystem(cuong, "tls-server", name, "LOCALHOST").body()).contains("chính hệ thống này");
                assertThat(askForSystem(cuong, "tls-server", "x,O=Bộ", host).body()).contains("Tên hệ thống có từ 1");
                assertThat(as("lan.bui").get(SYSTEMS).statusCode()).as("the city's business").isEqualTo(403);

                String page = carriedOut(cuong, other, location(askForSystem(cuong, "tls-server", name, host.toUpperCase(Locale.ROOT) + "\n10.1.2.3")));
                X509Certificate server = certificate(cuong.bytes(page + "/certificate.cer"));
                assertThat(server.getSubjectAlternativeNames()).extracting(one -> String.valueOf(one.get(1))).containsExactlyInAnyOrder(host, "10.1.2.3");
                assertThat(cuong.get(SYSTEMS).body()).contains(page, name);
                assertThat(askForSystem(cuong, "tls-server", name + "-2", host).body()).as("one system a host").contains("hệ thống khác");
                assertThat(askForSystem(cuong, "tls-server", name, host).statusCode()).as("its own next one").isEqualTo(303);
                String client = carriedOut(cuong, other, location(askForSystem(cuong, "tls-client", name, "")));
                assertThat(certificate(cuong.bytes(client + "/certificate.cer")).getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
                assertThat(cuong.post(page, page + "/revoke", "reason", "keyCompromise").statusCode()).isEqualTo(303);
                assertThat(cuong.get(page).body()).contains("Đã thu hồi");
            } finally {
                register.change(second, second.withRoles(ngan.roles()));
            }
        }
    }

    @Test
    void asksAnewWhereTheDirectoryChangedItsNamesMeanwhile() throws Exception {
        try (LdapDirectory raw = LdapDirectory.connect(backbone.directory.settings(), backbone.directory.backbone())) {
            TestBrowser phuc = as("phuc.duong");
            String asked = location(askForAgency(phuc, "phuong-tan-an", "agency-seal", TestPkcs10.good()));
            assertThat(as("lan.bui").post("/account", asked + "/give").statusCode()).isEqualTo(303);
            UnitEntry before = raw.register().unit("phuong-tan-an").orElseThrow();
            UnitEntry renamed = raw.register().change(before, before.withNames("Phường Tân An mới", before.kind(), before.body(), before.organizationId()));
            try {
                assertThat(phuc.post("/account", asked.replace("/approvals/", "/admin/certificates/orders/") + "/carry-out").statusCode()).isEqualTo(409);
            } finally {
                raw.register().change(renamed, renamed.withNames(before.name(), before.kind(), before.body(), before.organizationId()));
            }
        }
    }

    private String sealed(TestBrowser requester, TestBrowser approver) throws Exception {
        return carriedOut(requester, approver, location(askForAgency(requester, DISTRICT, "agency-seal", TestPkcs10.good())));
    }

    private static String carriedOut(TestBrowser requester, TestBrowser approver, String asked) {
        assertThat(approver.post("/account", asked + "/give").statusCode()).isEqualTo(303);
        return location(requester.post("/account", asked.replace("/approvals/", "/admin/certificates/orders/") + "/carry-out")).replaceAll("\\?.*", "");
    }

    private static HttpResponse<String> askForAgency(TestBrowser browser, String unit, String kind, byte[] pkcs10, String... further) {
        return browser.post(AGENCIES + "?unit=" + unit, AGENCIES, Stream.concat(Stream.of("unit", unit, "kind", kind, "reason", "Khóa mới trong HSM", "text",
            pkcs10.length == 0 ? "" : TestPkcs10.pem(pkcs10)), Stream.of(further)).toArray(String[]::new));
    }

    private static HttpResponse<String> askForSystem(TestBrowser browser, String kind, String name, String hosts) throws Exception {
        return browser.post(SYSTEMS, SYSTEMS, "kind", kind, "name", name, "hosts", hosts, "reason", "Cổng dịch vụ công", "text", TestPkcs10.pem(TestPkcs10.good()));
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow().replaceAll("https?://[^/]+", "");
    }

    private static <T> List<T> atOnce(Callable<T> work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<T>> both = threads.invokeAll(List.of(work, work));
            return Stream.of(both.get(0).get(), both.get(1).get()).toList();
        }
    }

    private static X509Certificate certificate(byte[] file) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(file));
    }

    private TestBrowser as(String local) {
        return new TestBrowser(backbone).logIn(backbone.directory.person(local));
    }
}
