package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory.TestPerson;
import antin.kernel.tls.PemFile;
import antin.kernel.tls.TlsMaterial;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Codes by SMS, from the page to a gateway that is a real HTTPS server and back: registered, used, refused by the gateway, removed. */
class SentCodePagesTest {

    private static final String PAGE = "/account/factors/destinations/sms";

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private volatile int status = 200;

    @Test
    void aTelephoneIsRegisteredUsedAndRemovedAndAGatewayThatFailsIsSaidToBe() throws Exception {
        try (TestBackbone backbone = TestBackbone.withOwnDatabase()) {
            backbone.stop();
            HttpsServer gateway = gateway(backbone.home.resolve("tls"));
            Files.writeString(backbone.home.resolve("conf/backbone.properties"), "codes.sms.url=https://localhost:" + gateway.getAddress().getPort() + "/messages\ncodes.sms.trust-file=tls/root.pem\n",
                StandardOpenOption.APPEND);
            Files.writeString(backbone.home.resolve("conf/login.properties"), "second=code, backup-code, passkey, certificate, sms-code\n");
            backbone.start();
            try {
                journey(backbone, backbone.directory.person("binh.tran"));
            } finally {
                gateway.stop(0);
            }
        }
    }

    private void journey(TestBackbone backbone, TestPerson person) {
        TestBrowser browser = new TestBrowser(backbone).logIn(person);
        status = 500;
        HttpResponse<String> failed = browser.post(PAGE, PAGE, "destination", "0912 345 678");
        assertThat(failed.statusCode()).isEqualTo(503);
        assertThat(failed.body()).contains("Bây giờ chưa gửi được mã", "value=\"0912 345 678\"");
        status = 200;
        assertThat(browser.post(PAGE, PAGE, "destination", "0912 345 678").body()).as("within the minute").contains("Hãy đợi một phút");
        assertThat(sent).hasSize(1);
        backbone.clock.forward(Duration.ofSeconds(61));
        assertThat(browser.post(PAGE, PAGE, "destination", "0912 345 678").statusCode()).isEqualTo(200);
        assertThat(sent.getLast()).contains("\"to\": \"+84912345678\"");
        assertThat(browser.post(PAGE, PAGE + "/confirm", "code", code(sent.getFirst())).statusCode()).as("the one that failed").isEqualTo(422);
        assertThat(backbone.letters(person.number())).isEmpty();
        assertThat(browser.post(PAGE, PAGE + "/confirm", "code", code(sent.getLast())).statusCode()).isEqualTo(303);
        assertThat(backbone.letters(person.number())).hasSize(1).first().asString().contains("Đã thêm cách xác thực", "số điện thoại nhận mã", "telephone number for codes").doesNotContain("912345678");

        TestBrowser second = new TestBrowser(backbone);
        second.password(person);
        assertThat(second.post("/login/code", "/login/code/send", "way", "sms").statusCode()).isEqualTo(303);
        String code = code(sent.getLast());
        assertThat(second.code(code).statusCode()).isEqualTo(303);
        assertThat(second.get("/account").statusCode()).isEqualTo(200);
        TestBrowser third = new TestBrowser(backbone);
        third.password(person);
        assertThat(third.code(code).statusCode()).as("a second time").isEqualTo(401);
        backbone.clock.forward(Duration.ofSeconds(61));
        status = 503;
        assertThat(third.post("/login/code", "/login/code/send", "way", "sms").statusCode()).as("never a redirect to a code that does not come").isEqualTo(503);
        assertThat(backbone.auditLog()).contains("\"act\":\"login.code-sent\",\"outcome\":\"failed\"").doesNotContain(code, "912345678");

        browser.post("/account/factors", PAGE + "/remove");
        assertThat(backbone.letters(person.number())).hasSize(2).last().asString().contains("Đã xóa cách xác thực", "số điện thoại nhận mã");
    }

    private static String code(String message) {
        return message.replaceAll("(?s).*Tín: ([0-9]{8})\\..*", "$1");
    }

    /** With the public port's certificate, which names localhost. */
    private HttpsServer gateway(Path tls) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(TlsMaterial.presenting(PemFile.privateKey(tls.resolve("backbone.key"), "EC"), PemFile.certificates(tls.resolve("backbone.pem"))), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/messages", this::serve);
        server.start();
        return server;
    }

    private void serve(HttpExchange exchange) throws IOException {
        sent.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
