package antin.signing.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import antin.signing.TestClient;
import antin.signing.TestClient.Part;
import antin.signing.TestDocuments;
import antin.signing.TestService;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page as a browser without a script gets it, through real HTTP. */
class ValidationPageTest {

    private static final TestService SERVICE = TestService.shared();
    private final TestClient client = new TestClient(SERVICE);

    @Test
    void isThereForEverybodyInBothLanguages() {
        HttpResponse<byte[]> root = get("/");
        assertThat(root.statusCode()).isEqualTo(302);
        assertThat(root.headers().firstValue("Location").orElseThrow()).endsWith("/validate");
        HttpResponse<byte[]> page = get("/validate");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(text(page)).contains("lang=\"vi\"", "Kiểm tra chữ ký số", "href=\"/validate\"", "?lang=en").doesNotContain("/account", "??");
        HttpResponse<byte[]> english = get("/validate?lang=en");
        assertThat(text(english)).contains("lang=\"en\"", "Check digital signatures", "up to 19 MB").doesNotContain("??");
        assertThat(english.headers().firstValue("Set-Cookie").orElseThrow()).contains("__Host-language=en", "Secure", "HttpOnly", "SameSite=Lax");
        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertThat(policy).contains("default-src 'none'", "script-src 'self'", "style-src 'self'").doesNotContain("unsafe");
        assertThat(text(page)).doesNotContain("style=", "onclick", "http://").containsPattern("<script src=\"/js/validate-[0-9a-f]+\\.js\" defer");
        for (String asset : text(page).split("(src|href)=\"")) {
            if (asset.startsWith("/js/") || asset.startsWith("/css/") || asset.startsWith("/img/")) {
                HttpResponse<byte[]> answer = get(asset.substring(0, asset.indexOf('"')));
                assertThat(answer.statusCode()).as(asset).isEqualTo(200);
                assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
            }
        }
    }

    @Test
    void tellsWhoSignedWhenAndWhat() {
        byte[] sealed = sealed("LTA");
        String page = text(check("", new Part("document", "quyết định.pdf", sealed), new Part("original", "", new byte[0]), Part.text("password", "")));
        assertThat(page).contains("id=\"verdict\"", ">Hợp lệ<", "Mọi chữ ký đều hợp lệ (1 chữ ký).", "quyết định.pdf", "Chữ ký 1 trên 1: hợp lệ", "Đơn vị sample-seal<", "ubnd-tp", "Không muộn hơn",
            "Toàn bộ tài liệu", "PAdES-BASELINE-LTA").doesNotContain("??", "chưa được xác nhận");
        assertThat(text(check("?lang=en", new Part("document", "a.pdf", sealed)))).contains(">Valid<", "Signature 1 of 1: valid", "Not later than", "The whole document");
        sealed[500] ^= 1;
        String broken = text(check("", new Part("document", "a.pdf", sealed)));
        assertThat(broken).contains(">Không hợp lệ<", "Nội dung đã bị thay đổi sau khi ký.", "Đơn vị sample-seal (ghi trong chứng thư, chưa được xác nhận)").doesNotContain(">Hợp lệ<");
        assertThat(SERVICE.auditLog()).containsPattern("\"act\":\"document.validate\",\"outcome\":\"invalid\",\"who\":\"anonymous\"");
    }

    @Test
    void takesOriginalsAndPasswords() {
        byte[] original = "Công văn".getBytes(StandardCharsets.UTF_8);
        byte[] detached = client.seal("{\"key\":\"sample-seal-ec\",\"format\":\"CAdES\"}", original, "cv.txt").body();
        assertThat(text(check("", new Part("document", "cv.p7s", detached)))).contains("hãy gửi kèm tài liệu gốc");
        assertThat(text(check("", new Part("document", "cv.p7s", detached), new Part("original", "cv.txt", original)))).contains(">Hợp lệ<");
        assertThat(text(check("", new Part("document", "a.pdf", corpus("qpdf-encrypted.pdf")), Part.text("password", "sai")))).contains("Tài liệu được mã hóa");
        assertThat(text(check("", new Part("document", "a.pdf", corpus("qpdf-encrypted.pdf")), Part.text("password", "mo")))).contains(">Không có chữ ký<");
    }

    @Test
    void givesTheReportToPrintByTheFormAlone() {
        HttpResponse<byte[]> report = check("", new Part("document", "a.pdf", sealed("B")), Part.text("report", "pdf"));
        assertThat(report.statusCode()).isEqualTo(200);
        assertThat(report.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(TestClient.json(client.validate(report.body())).get("conclusion").asString()).isEqualTo("valid");
    }

    @Test
    void showsNamesAsTextAndLeavesNothingBehind() throws Exception {
        String page = text(check("", new Part("document", "<img src=x onerror=alert(1)>'&amp; \u202Efdp.pdf", TestDocuments.pdf(1_000))));
        assertThat(page).contains("img src=x onerror=alert(1)").doesNotContain("<img src=x", "\u202E");
        assertThat(text(check("?lang=%22%3E%3Cscript%3E", new Part("document", "a.pdf", new byte[] {1})))).contains("Không đọc được tài liệu").doesNotContain("\"><script>");
        try (Stream<Path> files = Files.list(SERVICE.home.resolve("signing"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void saysWhatToDoWhereItCannotCheck() {
        HttpResponse<byte[]> none = check("", new Part("document", "", new byte[0]));
        assertThat(none.statusCode()).isEqualTo(422);
        assertThat(text(none)).contains("role=\"alert\"", "Hãy chọn một tài liệu");
        HttpResponse<byte[]> large = check("", new Part("document", "a.pdf", new byte[TestService.LARGEST + 1]));
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(text(large)).contains("lớn hơn 19 MB");
        assertThat(check("", Part.text("else", "x"), new Part("document", "a.pdf", new byte[1])).statusCode()).isEqualTo(400);
    }

    @Test
    void refusesAThirdWhileTwoAreUnderWay() throws Exception {
        SERVICE.restart(); // nothing of the other tests counts
        byte[] form = TestClient.form(new Part("document", "", new byte[0]));
        String head = "POST /validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=----antin-test-boundary\r\nConnection: close\r\nContent-Length: " + form.length + "\r\n\r\n";
        try (Socket one = SERVICE.trust().getSocketFactory().createSocket("localhost", SERVICE.port); Socket other = SERVICE.trust().getSocketFactory().createSocket("localhost", SERVICE.port)) {
            for (Socket slow : List.of(one, other)) {
                slow.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                slow.getOutputStream().write(form, 0, 20);
                slow.getOutputStream().flush();
            }
            await().pollInterval(Duration.ofMillis(500)).atMost(Duration.ofSeconds(6)).until(() -> check("", new Part("document", "", new byte[0])).statusCode() == 429);
            for (Socket slow : List.of(one, other)) {
                slow.getOutputStream().write(form, 20, form.length - 20);
                slow.getOutputStream().flush();
                assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 422");
            }
        }
        assertThat(check("", new Part("document", "", new byte[0])).statusCode()).as("afterwards").isEqualTo(422);
    }

    @Test
    void refusesTheTwentyFirstWithinAMinute() throws Exception {
        try {
            HttpResponse<byte[]> answer = check("", new Part("document", "", new byte[0]));
            for (int i = 0; i < Visitors.A_MINUTE && answer.statusCode() != 429; i++) {
                answer = check("", new Part("document", "", new byte[0]));
            }
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow())).isBetween(1, 60);
            assertThat(text(answer)).contains("quá nhiều lượt kiểm tra").doesNotContain("{1}");
            assertThat(get("/validate").statusCode()).as("the page itself").isEqualTo(200);
            assertThat(client.validate(TestDocuments.pdf(1_000)).statusCode()).as("the interface").isEqualTo(200);
        } finally {
            SERVICE.restart();
        }
    }

    private byte[] sealed(String level) {
        HttpResponse<byte[]> answer = client.seal("{\"key\":\"sample-seal\",\"format\":\"PAdES\",\"level\":\"" + level + "\"}", TestDocuments.pdf(5_000), "a.pdf");
        assertThat(answer.statusCode()).isEqualTo(201);
        return answer.body();
    }

    private HttpResponse<byte[]> get(String path) {
        return client.send(client.request(path, ""));
    }

    private HttpResponse<byte[]> check(String query, Part... parts) {
        return client.post("/validate" + query, "", new String[] {"Accept", "text/html"}, parts);
    }

    private static String text(HttpResponse<byte[]> answer) {
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static byte[] corpus(String name) {
        try {
            return Files.readAllBytes(Path.of("src/test/resources/corpus").resolve(name));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
