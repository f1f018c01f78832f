package antin.mail.sieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.jsieve.exception.SieveException;
import org.junit.jupiter.api.Test;

class SieveLanguageTest {

    private final SieveLanguage language = new SieveLanguage();

    @Test
    void decidesByHeadersAsTheyAreReadAndNotAsTheyAreEncoded() throws Exception {
        String script = "require \"fileinto\"; if header :contains \"subject\" \"khẩn\" { fileinto \"A\"; keep; }";
        assertThat(decide(script, "Subject: =?UTF-8?B?a2jhuqlu?=\r\n\r\n")).containsExactly("A", "INBOX");
        assertThat(decide(script, "Subject: x\r\n\r\nkhẩn")).containsExactly("INBOX");
        assertThat(decide("discard;", "Subject: x\r\n\r\n")).isEmpty();
        assertThat(decide("if size :over 10K { discard; }", "Subject: x\r\n\r\n" + "x".repeat(11_000))).isEmpty();
        assertThat(decide("if address :domain \"from\" \"city.example\" { discard; }", "From: \"A, B\" <a@city.example>\r\n\r\n")).isEmpty();
    }

    @Test
    void manySlowTestsEnd() {
        String script = "if anyof (" + "header :matches \"subject\" \"*a*ab\", ".repeat(1_200) + "false) { discard; }";
        String letter = ("Subject: " + "a".repeat(900) + "\r\n").repeat(200) + "\r\n";
        Instant begun = Instant.now();
        try {
            decide(script, letter);
        } catch (Exception e) {
            assertThat(e).isInstanceOf(SieveException.class);
        }
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void filesIntoAFewFoldersAtMost() {
        StringBuilder script = new StringBuilder("require \"fileinto\";");
        for (int i = 0; i < 6; i++) {
            script.append("fileinto \"f").append(i).append("\";");
        }
        assertThatThrownBy(() -> language.check(script.toString())).isInstanceOf(BadScript.class);
    }

    private List<String> decide(String script, String letter) throws Exception {
        return language.decide(script, letter.getBytes(StandardCharsets.UTF_8), "a@city.example", "b@city.example");
    }
}
