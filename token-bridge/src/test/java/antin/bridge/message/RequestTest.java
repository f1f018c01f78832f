package antin.bridge.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {

    @Test
    void readsACommandAndItsArguments() {
        Request request = read("{\"command\":\"sign\",\"arguments\":{\"origin\":\"https://a.example\",\"hash\":\"AQI=\",\"documents\":[{\"name\":\"Tờ trình\"}]}}");
        assertThat(request.command()).isEqualTo("sign");
        assertThat(request.arguments().text("origin", 20)).isEqualTo("https://a.example");
        assertThat(request.arguments().octets("hash")).containsExactly(1, 2);
        assertThat(request.arguments().list("documents", 1).getFirst().text("name", 10)).isEqualTo("Tờ trình");
        assertThat(request.arguments().optionalText("paddingScheme", 8)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "1", "{", "{}", "{\"command\":\"sign\"}", "{\"command\":1,\"arguments\":{}}", "{\"command\":\"a\",\"arguments\":[]}",
        "{\"command\":\"a\",\"arguments\":{},\"more\":1}", "{\"command\":\"a\",\"arguments\":{}} {}", "{\"command\":\"a\",\"command\":\"b\",\"arguments\":{}}",
        "{\"command\":\"a\",\"arguments\":{\"x\":[[[[[[[[[1]]]]]]]]]}}", "{'command':'a','arguments':{}}", "{\"command\":\"a\",\"arguments\":{},}", "/**/{\"command\":\"a\",\"arguments\":{}}"})
    void refusesEverythingElse(String message) {
        assertThatThrownBy(() -> read(message)).isInstanceOf(Refused.class).hasMessage("invalid-message");
    }

    @Test
    void refusesOctetsThatAreNoUtf8() {
        assertThatThrownBy(() -> Request.read("{\"command\":\"\u00e9\",\"arguments\":{}}".getBytes(StandardCharsets.ISO_8859_1))).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> Request.read("{\"command\":\"a\",\"arguments\":{}}".getBytes(StandardCharsets.UTF_16LE))).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\":\"\"}", "{\"name\":null}", "{\"name\":1}", "{\"name\":\"longer\"}", "{}"})
    void refusesATextOfAnotherKind(String arguments) {
        assertThatThrownBy(() -> arguments(arguments).text("name", 5)).isInstanceOf(Refused.class).hasMessage("invalid-argument");
    }

    @Test
    void refusesWhatACommandDoesNotKnow() {
        assertThat(arguments("{\"name\":\"a\",\"lang\":\"vi\"}").only("name").text("name", 1)).isEqualTo("a");
        assertThatThrownBy(() -> arguments("{\"nam\":\"a\"}").only("name")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> arguments("{\"hash\":\"AQ==*\"}").octets("hash")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> arguments("{\"list\":[{},{}]}").list("list", 1)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> arguments("{\"list\":[1]}").list("list", 1)).isInstanceOf(Refused.class);
    }

    private static Arguments arguments(String json) {
        return read("{\"command\":\"a\",\"arguments\":" + json + "}").arguments();
    }

    private static Request read(String json) {
        return Request.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
