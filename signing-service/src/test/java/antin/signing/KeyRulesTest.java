package antin.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.kernel.config.Settings;
import antin.signing.seal.KeyRule;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shared service with rules for its keys, and afterwards without again. */
class KeyRulesTest {

    private static final TestService SERVICE = TestService.shared();
    private static final Path CONFIGURATION = SERVICE.home.resolve("conf/signing-service.properties");
    private static final byte[] XML = TestDocuments.xml().getBytes(StandardCharsets.UTF_8);
    private static final LocalTime NOW = LocalTime.now(ZoneId.of("Asia/Ho_Chi_Minh")).truncatedTo(ChronoUnit.MINUTES);
    private static final String LATER = NOW.plusHours(2) + "-" + NOW.plusHours(3);
    private static String before = "";
    private final TestClient client = new TestClient(SERVICE);

    @BeforeAll
    static void addRules() throws IOException {
        before = Files.readString(CONFIGURATION);
        Files.writeString(CONFIGURATION, before + """
            key.sample-seal.clients=another-client,validation-report
            key.sample-seal-ec.formats=XAdES
            key.sample-seal-ec.daily-limit=3
            key.sample-agency.after-a-signature=false
            key.sample-agency.hours=%s
            """.formatted(LATER));
        SERVICE.stop();
        SERVICE.start();
    }

    @AfterAll
    static void takeThemAway() throws IOException {
        Files.writeString(CONFIGURATION, before);
        SERVICE.stop();
        SERVICE.start();
    }

    @Test
    void holdsEachKeyToItsClientsFormatsAndHours() {
        refused(seal("sample-seal", "XAdES"), 403, "not for this client");
        refused(seal("sample-seal-ec", "PAdES"), 403, "only in XAdES");
        refused(seal("sample-agency", "XAdES"), 403, "only at " + LATER);
    }

    @Test
    void countsTheUsesOfADayExactly() {
        assertThat(IntStream.range(0, 6).parallel().mapToObj(i -> seal("sample-seal-ec", "XAdES").statusCode()).filter(status -> status == 201)).hasSize(3);
        HttpResponse<byte[]> another = seal("sample-seal-ec", "XAdES");
        refused(another, 429, "3 times today");
        assertThat(TestClient.json(another).get("type").asString()).isEqualTo("/problems/limit-reached");
    }

    @Test
    void refusesRulesThatCannotBe(@TempDir Path home) throws IOException {
        Path file = Files.writeString(Files.createDirectories(home.resolve("conf")).resolve("signing-service.properties"), "key.a.hours=7-18\nkey.b.daily-limit=-1\nkey.c.hours=22:00-05:00\n");
        Settings settings = Settings.read(file);
        assertThatThrownBy(() -> KeyRule.read(settings, "a", false)).isInstanceOf(Problem.class).hasMessageContaining("key.a.hours");
        assertThatThrownBy(() -> KeyRule.read(settings, "b", false)).hasMessageContaining("daily-limit");
        assertThat(KeyRule.read(settings, "c", false).hours().orElseThrow().toString()).isEqualTo("22:00-05:00");
    }

    private HttpResponse<byte[]> seal(String key, String format) {
        return client.seal("{\"key\":\"" + key + "\",\"format\":\"" + format + "\"}", XML, "a.xml");
    }

    private static void refused(HttpResponse<byte[]> answer, int status, String why) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(TestClient.json(answer).get("detail").asString()).contains(why);
    }
}
