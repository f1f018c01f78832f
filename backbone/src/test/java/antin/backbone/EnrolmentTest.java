package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.backbone.enrolment.RenewalNotices;
import antin.ca.enrol.RequestFault;
import antin.directory.ldap.LdapDirectory;
import antin.otp.notice.Outbox;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person's own certificates over HTTP, from the real authority in its own process. */
class EnrolmentTest {

    private static final String PATH = "/account/certificates";

    private final TestBackbone backbone = TestBackbone.shared();

    @BeforeEach
    void anotherDay() {
        backbone.clock.forward(Duration.ofHours(49));
    }

    @Test
    void givesACertificateWithTheDirectorysNamesForAKeyWhateverTheRequestSays() throws Exception {
        TestBrowser browser = as("duc.hoang");
        byte[] pkcs10 = TestPkcs10.good();
        String page = ask(browser, "person-signing", TestPkcs10.pem(pkcs10));
        assertThat(browser.get(page + "?done=issued").body()).contains("Đã cấp chứng thư số.", "Có hiệu lực", "100005", "Ký văn bản").doesNotContain("??", "Chủ tịch");
        X509Certificate certificate = certificate(browser.bytes(page + "/certificate.cer"));
        assertThat(certificate.getSubjectX500Principal().getName()).contains("CN=Hoàng", "OU=").doesNotContain("Chủ tịch");
        assertThat(certificate.getSubjectAlternativeNames().iterator().next().get(1)).isEqualTo("duc.hoang@city.example");
        assertThat(new String(browser.bytes(page + "/chain.pem"), StandardCharsets.US_ASCII).split("BEGIN CERTIFICATE")).hasSizeGreaterThan(2);
        assertThat(certificate(browser.bytes(page + "/certificate.pem"))).isEqualTo(certificate);
        assertThat(ask(browser, "person-signing", TestPkcs10.pem(pkcs10))).as("the same form sent twice").isEqualTo(page);
        assertThat(browser.get(PATH).body()).contains(page, "Ký văn bản").doesNotContain("??");
        assertThat(browser.get(PATH + "?lang=en").body()).contains("Signing documents").doesNotContain("??");
        browser.get(PATH + "?lang=vi");
        assertThat(backbone.auditLog()).contains("\"act\":\"certificate.enrol\"");

        assertThat(as("manh.do").get(page).statusCode()).as("another's").isEqualTo(404);
        assertThat(fault(as("manh.do"), "person-signing", TestPkcs10.pem(pkcs10))).as("a key of another's").contains("của người khác");

        assertThat(browser.get(page + "/revoke").body()).contains("không thể hoàn tác").doesNotContain("??");
        assertThat(browser.post(page + "/revoke", page + "/revoke", "reason", "privilegeWithdrawn").statusCode()).as("not a person's own reason").isEqualTo(400);
        assertThat(browser.post(page + "/revoke", page + "/revoke", "reason", "keyCompromise").statusCode()).isEqualTo(303);
        assertThat(browser.get(page).body()).contains("Đã thu hồi", "Khóa bị lộ");
        assertThat(browser.post("/account", page + "/revoke", "reason", "keyCompromise").statusCode()).isEqualTo(409);
        assertThat(fault(browser, "person-signing", TestPkcs10.pem(pkcs10))).as("no second life for a key").contains("khóa mới");
    }

    @Test
    void issuesOnceWhereTheSameFormIsSentTwiceAtOnceAndToOneOfTwoWhoSendTheSameKey() throws Exception {
        TestBrowser duc = as("duc.hoang");
        TestBrowser manh = as("manh.do");
        String ofDuc = TestBrowser.token(duc.get(PATH).body());
        String ofManh = TestBrowser.token(manh.get(PATH).body());
        String same = TestPkcs10.pem(TestPkcs10.good());
        List<HttpResponse<String>> twice = atOnce(() -> duc.postWithToken(PATH, ofDuc, "kind", "person-signing", "text", same), () -> duc.postWithToken(PATH, ofDuc, "kind", "person-signing", "text", same));
        assertThat(twice).extracting(HttpResponse::statusCode).containsOnly(303);
        assertThat(twice.stream().map(answer -> answer.headers().firstValue("Location").orElseThrow()).distinct()).hasSize(1);
        String contested = TestPkcs10.pem(TestPkcs10.good());
        List<HttpResponse<String>> both = atOnce(() -> duc.postWithToken(PATH, ofDuc, "kind", "person-signing", "text", contested),
            () -> manh.postWithToken(PATH, ofManh, "kind", "person-signing", "text", contested));
        assertThat(both).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(303, 422);
        assertThat(both.stream().filter(answer -> answer.statusCode() == 422).findFirst().orElseThrow().body()).contains("của người khác");
    }

    @Test
    void saysWhatIsWrongWithEachBadRequest() throws Exception {
        TestBrowser browser = as("duc.hoang");
        KeyPair ec = TestPkcs10.ec("secp256r1");
        byte[] good = TestPkcs10.good();
        byte[] torn = good.clone();
        torn[torn.length - 3] ^= 1;
        Map<RequestFault, String> wrong = new LinkedHashMap<>();
        wrong.put(RequestFault.MISSING, "");
        wrong.put(RequestFault.TOO_LARGE, "A".repeat(17_000));
        wrong.put(RequestFault.UNREADABLE, "Kính gửi phòng chứng thực");
        wrong.put(RequestFault.A_CERTIFICATE, TestPkcs10.pem("CERTIFICATE", good));
        wrong.put(RequestFault.A_PRIVATE_KEY, TestPkcs10.pem("PRIVATE KEY", ec.getPrivate().getEncoded()));
        wrong.put(RequestFault.OLD_HASH, TestPkcs10.pem(TestPkcs10.of(ec, "SHA1withECDSA")));
        wrong.put(RequestFault.NOT_PROVEN, TestPkcs10.pem(torn));
        wrong.put(RequestFault.WEAK_KEY, TestPkcs10.pem(TestPkcs10.of(TestPkcs10.rsa(2048), "SHA256withRSA")));
        wrong.put(RequestFault.KEY_KIND, TestPkcs10.pem(TestPkcs10.of(TestPkcs10.ec("secp521r1"), "SHA512withECDSA")));
        for (Map.Entry<RequestFault, String> one : wrong.entrySet()) {
            assertThat(fault(browser, "person-signing", one.getValue())).as(one.getKey().word()).contains(text(one.getKey())).doesNotContain("PRIVATE KEY", "??");
        }
        assertThat(browser.post(PATH, PATH, "kind", "agency-seal", "text", TestPkcs10.pem(good)).statusCode()).as("not for people").isEqualTo(400);
        assertThat(new TestBrowser(backbone).get(PATH).statusCode()).as("strangers").isEqualTo(302);
        backbone.clock.forward(Duration.ofMinutes(11));
        assertThat(browser.get(PATH).headers().firstValue("Location").orElse("")).as("asks for a factor again").contains("/login/again");
    }

    @Test
    void opensADoorForKeysThatTheBrowserMakesInAToken() throws Exception {
        TestBrowser browser = as("duc.hoang");
        String token = TestBrowser.token(browser.get(PATH).body());
        String body = "{\"profile\":\"person-login\",\"pkcs10\":\"" + Base64.getEncoder().encodeToString(TestPkcs10.good()) + "\"}";
        HttpResponse<String> answer = json(browser, token, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode content = JsonMapper.shared().readTree(answer.body());
        X509Certificate certificate = certificate(Base64.getDecoder().decode(content.get("chain").get(0).asString()));
        assertThat(certificate.getSerialNumber().toString(16)).isEqualTo(content.get("serial").asString());
        assertThat(certificate.getSubjectX500Principal().getName()).contains("100005");
        assertThat(content.get("chain").size()).isGreaterThanOrEqualTo(2);
        assertThat(browser.get(PATH + '/' + content.get("id").asString()).statusCode()).isEqualTo(200);
        assertThat(json(browser, "", body).statusCode()).as("without the page's token").isEqualTo(403);
        HttpResponse<String> refused = json(browser, token, "{\"profile\":\"person-login\",\"pkcs10\":\"AAAA\"}");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("\"fault\":\"unreadable\"", "PKCS#10");
        assertThat(json(browser, token, "{\"profile\":\"agency-seal\",\"pkcs10\":\"AAAA\"}").statusCode()).isEqualTo(400);
        assertThat(json(browser, token, "{\"profile\":\"person-login\",\"subject\":\"CN=x\"}").statusCode()).as("names are not asked").isEqualTo(400);
    }

    @Test
    void asksAgainByItselfWhatTheAuthorityDidNotAnswer() throws Exception {
        TestBrowser browser = as("duc.hoang");
        browser.get(PATH);
        backbone.ca.kill();
        HttpResponse<String> answer;
        try {
            answer = browser.post(PATH, PATH, "kind", "person-signing", "text", TestPkcs10.pem(TestPkcs10.good()));
        } finally {
            backbone.ca.start();
        }
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(browser.get(PATH + "?done=asked").body()).contains("Đang chờ cấp", "sẽ tự được gửi lại");
        backbone.clock.forward(Duration.ofMinutes(3));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() ->
            JdbcClient.create(backbone.postgres.getPostgresDatabase()).sql("SELECT count(*) FROM enrolled_certificate WHERE state = 'asked'").query(Integer.class).single() == 0);
        assertThat(browser.get(PATH).body()).doesNotContain("Đang chờ cấp");
    }

    @Test
    void makesAKeyForMailThatIsFetchedOnceAndFoundInTheDirectory() throws Exception {
        TestBrowser browser = as("manh.do");
        String page = browser.post(PATH, PATH + "/mail-key").headers().firstValue("Location").orElseThrow().replace(backbone.url(), "");
        assertThat(page).endsWith("/key");
        assertThat(browser.get(page).body()).contains("Hiện mật khẩu").doesNotContain("??");
        HttpResponse<String> shown = browser.post(page, page);
        String password = shown.body().replaceAll("(?s).*id=\"key-password\"[^>]*>([a-z0-9-]+)<.*", "$1");
        assertThat(password).matches("([a-z0-9]{5}-){3}[a-z0-9]{5}");
        assertThat(browser.post("/account", page).statusCode()).as("the password once").isEqualTo(409);
        byte[] file = browser.postForBytes(page + "/file", TestBrowser.token(shown.body()));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(new ByteArrayInputStream(file), password.toCharArray());
        X509Certificate certificate = (X509Certificate) keys.getCertificate(keys.aliases().nextElement());
        assertThat(keys.getKey(keys.aliases().nextElement(), password.toCharArray()).getAlgorithm()).isEqualTo("RSA");
        assertThat(certificate.getKeyUsage()[2]).as("keyEncipherment alone").isTrue();
        assertThat(certificate.getKeyUsage()[0]).as("never signs").isFalse();
        assertThat(browser.post("/account", page + "/file").statusCode()).as("the file once").isEqualTo(409);
        JdbcClient database = JdbcClient.create(backbone.postgres.getPostgresDatabase());
        assertThat(database.sql("SELECT count(*) FROM key_delivery WHERE person = '100009'").query(Integer.class).single()).isZero();
        assertThat(database.sql("SELECT count(*) FROM recovery_archive").query(Integer.class).single()).isPositive();
        assertThat(backbone.auditLog()).contains("key.delivered").doesNotContain(password);
        try (LdapDirectory directory = LdapDirectory.connect(backbone.directory.settings(), backbone.directory.backbone())) {
            assertThat(directory.register().certificates("100009")).anyMatch(der -> Arrays.equals(der, encoded(certificate)));
            assertThat(browser.post(page.replace("/key", "/revoke"), page.replace("/key", "/revoke"), "reason", "superseded").statusCode()).isEqualTo(303);
            assertThat(directory.register().certificates("100009")).as("gone with its revocation").noneMatch(der -> Arrays.equals(der, encoded(certificate)));
        }
    }

    @Test
    void opensAMailKeyOfTheArchiveForTwoAdministratorsAndGivesItOnce() throws Exception {
        TestBrowser owner = as("manh.do");
        String page = owner.post(PATH, PATH + "/mail-key").headers().firstValue("Location").orElseThrow().replace(backbone.url(), "");
        String id = page.replaceAll(".*/certificates/([0-9a-f-]+)/key", "$1");
        TestBrowser lan = as("lan.bui");
        String ask = "/admin/people/100009/mail-keys";
        assertThat(lan.get(ask).body()).contains("Đỗ Hữu Mạnh", id).doesNotContain("??");
        assertThat(lan.post(ask, ask, "certificate", id, "reason", " ").statusCode()).isEqualTo(422);
        String asked = lan.post(ask, ask, "certificate", id, "reason", "Mất điện thoại").headers().firstValue("Location").orElseThrow().replace(backbone.url(), "");
        String fetch = asked.replace("/approvals/", "/admin/mail-keys/");
        assertThat(lan.get(asked).body()).contains("Khóa của chứng thư số").doesNotContain("/give", "??");
        assertThat(lan.post("/account", asked + "/give").statusCode()).as("not the requester").isEqualTo(403);
        assertThat(lan.post("/account", fetch + "/open").statusCode()).as("not yet given").isEqualTo(409);
        TestBrowser cuong = as("cuong.le");
        assertThat(cuong.get(asked).body()).contains("đọc được mọi thư mã hóa").doesNotContain("??");
        assertThat(cuong.post(asked, asked + "/give").statusCode()).isEqualTo(303);
        assertThat(cuong.post("/account", fetch + "/open").statusCode()).as("only who asked").isEqualTo(404);
        assertThat(owner.post("/account", fetch + "/open").statusCode()).as("nobody's administrator").isEqualTo(403);
        assertThat(lan.post(asked, fetch + "/open").statusCode()).isEqualTo(303);
        assertThat(lan.post("/account", fetch + "/open").statusCode()).as("opened once").isEqualTo(409);
        assertThat(cuong.get(fetch + "/key").statusCode()).isEqualTo(404);
        HttpResponse<String> shown = lan.post(fetch + "/key", fetch + "/key");
        String password = shown.body().replaceAll("(?s).*id=\"key-password\"[^>]*>([a-z0-9-]+)<.*", "$1");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(new ByteArrayInputStream(lan.postForBytes(fetch + "/key/file", TestBrowser.token(shown.body()))), password.toCharArray());
        assertThat(keys.getCertificate(keys.aliases().nextElement())).isEqualTo(certificate(owner.bytes(PATH + '/' + id + "/certificate.cer")));
        assertThat(lan.post("/account", fetch + "/key/file").statusCode()).as("the file once").isEqualTo(409);
    }

    @Test
    void remindsOnceThirtySevenAndOneDaysBeforeTheEndAndNotOfWhatWasRenewed() throws Exception {
        TestBrowser browser = as("phuc.duong");
        ask(browser, "mail-signing", TestPkcs10.pem(TestPkcs10.good()));
        String number = backbone.directory.person("phuc.duong").number();
        int before = backbone.letters(number).size();
        JdbcClient database = JdbcClient.create(backbone.postgres.getPostgresDatabase());
        for (int days : new int[] {30, 7, 1}) {
            database.sql("UPDATE enrolled_certificate SET ends = ? WHERE profile = 'mail-signing' AND owner = ?").params(Timestamp.from(backbone.clock.instant().plus(Duration.ofDays(days)).minusSeconds(5)), number).update();
            remind();
            remind();
        }
        assertThat(backbone.letters(number)).hasSize(before + 3).last().asString().startsWith("Chứng thư số sắp hết hạn").contains("Ký thư điện tử", "khóa mới");
        database.sql("UPDATE enrolled_certificate SET ends = ?, reminded = NULL WHERE profile = 'mail-signing' AND owner = ?").params(Timestamp.from(backbone.clock.instant().plus(Duration.ofDays(5))), number).update();
        ask(browser, "mail-signing", TestPkcs10.pem(TestPkcs10.good()));
        remind();
        assertThat(backbone.letters(number)).hasSize(before + 3);
    }

    /** As a second process would, beside the one that runs. */
    private void remind() {
        DataSource source = backbone.postgres.getPostgresDatabase();
        JdbcClient database = JdbcClient.create(source);
        try (LdapDirectory directory = LdapDirectory.connect(backbone.directory.settings(), backbone.directory.backbone())) {
            new RenewalNotices(database, new TransactionTemplate(new JdbcTransactionManager(source)), directory, new Outbox(database, backbone.clock), backbone.clock).remind();
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String ask(TestBrowser browser, String kind, String text) {
        HttpResponse<String> answer = browser.post(PATH, PATH, "kind", kind, "text", text);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow().replace(backbone.url(), "").replaceAll("\\?.*", "");
    }

    private String fault(TestBrowser browser, String kind, String text) {
        HttpResponse<String> answer = browser.post(PATH, PATH, "kind", kind, "text", text);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        return answer.body();
    }

    private HttpResponse<String> json(TestBrowser browser, String token, String body) {
        return browser.send(HttpRequest.newBuilder(backbone.uri(PATH + "/token-requests")).header("Accept", "application/json").header("Content-Type", "application/json")
            .header("X-XSRF-TOKEN", token).POST(BodyPublishers.ofString(body)));
    }

    private static String text(RequestFault fault) {
        return java.util.ResourceBundle.getBundle("antin.backbone.enrolment", java.util.Locale.ROOT).getString("enrolment.fault." + fault.word());
    }

    private static <T> List<T> atOnce(Callable<T> one, Callable<T> other) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<T>> both = threads.invokeAll(List.of(one, other));
            return List.of(both.get(0).get(), both.get(1).get());
        }
    }

    private static X509Certificate certificate(byte[] file) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(file));
    }

    private TestBrowser as(String local) {
        return new TestBrowser(backbone).logIn(backbone.directory.person(local));
    }
}
