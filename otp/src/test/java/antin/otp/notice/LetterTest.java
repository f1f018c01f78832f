package antin.otp.notice;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LetterTest {

    private static final Pattern WORD = Pattern.compile("=\\?UTF-8\\?B\\?([A-Za-z0-9+/=]+)\\?=");

    @Test
    void isAsciiInShortLinesWithEveryFieldThatAReaderNeeds() {
        String letter = letter("Mật khẩu ứng dụng được dùng ở nơi mới: Điện thoại của Nguyễn Thị Ấn ở văn phòng 😀 tầng hai", "Một dòng.\nDòng hai.\n");
        assertThat(letter).matches(text -> text.chars().allMatch(c -> c < 127));
        assertThat(letter.lines()).allMatch(line -> line.length() <= 76);
        assertThat(letter.replace("\r\n", "")).doesNotContain("\n", "\r");
        assertThat(letter).contains("Date: Sun, 22 Nov 2026 15:00:00 +0700\r\n", "To: <an@city.example>\r\n", "Message-ID: <7@city.example>\r\n",
            "Auto-Submitted: auto-generated\r\n", "Content-Type: text/plain; charset=UTF-8\r\n");
        assertThat(new String(Base64.getMimeDecoder().decode(letter.substring(letter.indexOf("\r\n\r\n")).strip()), UTF_8)).isEqualTo("Một dòng.\r\nDòng hai.\r\n");
    }

    @Test
    void writesASubjectInWordsThatEachDecodeByThemselves() {
        String subject = "Mật khẩu ứng dụng được dùng ở nơi mới: Điện thoại 😀😀😀 của Nguyễn Thị Ấn";
        String letter = letter(subject, "x");
        String field = letter.substring(letter.indexOf("Subject:"), letter.indexOf("Message-ID"));
        assertThat(WORD.matcher(field).results().map(word -> new String(Base64.getDecoder().decode(word.group(1)), UTF_8)).collect(Collectors.joining())).isEqualTo(subject);
        assertThat(WORD.matcher(field).results()).allMatch(word -> word.group().length() <= 75 && !new String(Base64.getDecoder().decode(word.group(1)), UTF_8).contains("\ufffd"));
        assertThat(letter("App password ends", "x")).contains("Subject: App password ends\r\n");
    }

    private static String letter(String subject, String text) {
        return new String(Letter.of("7", "postmaster@city.example", "an@city.example", Instant.parse("2026-11-22T08:00:00Z"), subject, text), US_ASCII);
    }
}
