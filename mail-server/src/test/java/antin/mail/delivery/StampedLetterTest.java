package antin.mail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeUtility;
import org.junit.jupiter.api.Test;

class StampedLetterTest {

    @Test
    void keepsTheLetterAndDropsWhatNobodyMaySee() throws IOException {
        assertThat(stamp("Date: x\r\nBcc: a@b,\r\n c@d\r\nReturn-Path: <forged@b>\r\nMessage-ID: <1@b>\r\nSubject: Cong van\r\n\r\nBcc: ở lại\r\n"))
            .isEqualTo("Return-Path: <an@city.example>\r\nDate: x\r\nMessage-ID: <1@b>\r\nSubject: Cong van\r\n\r\nBcc: ở lại\r\n");
    }

    @Test
    void givesADateAndAnIdWhereTheSenderGaveNone() throws IOException {
        assertThat(stamp("Subject: x\r\n\r\n")).isEqualTo("Return-Path: <an@city.example>\r\nDate: Sun, 22 Nov 2026 10:00:00 GMT\r\n"
            + "Message-ID: <id-1@city.example>\r\nSubject: x\r\n\r\n");
    }

    @Test
    void encodesRawUtf8InTheHeader() throws Exception {
        String[] lines = stamp("Date: x\r\nMessage-ID: y\r\nFrom: Nguyễn Văn An <an@city.example>,\r\n \"Trần, Bình\" <b@city.example>\r\n"
            + "Subject: Công văn số 1: kính gửi (các sở)\r\n\r\n").split("\r\n(?! )", -1);

        assertThat(String.join("", lines)).matches("\\p{ASCII}+");
        assertThat(InternetAddress.parse(lines[3].substring(6), true)).extracting(InternetAddress::getPersonal).containsExactly("Nguyễn Văn An", "Trần, Bình");
        assertThat(MimeUtility.decodeText(MimeUtility.unfold(lines[4].substring(9)))).isEqualTo("Công văn số 1: kính gửi (các sở)");
    }

    @Test
    void copesWithALetterThatIsAllHeaderOrAllBody() throws IOException {
        assertThat(stamp("Date: x\r\nMessage-ID: y")).endsWith("Date: x\r\nMessage-ID: y");
        assertThat(stamp("\r\nbody")).endsWith("Message-ID: <id-1@city.example>\r\n\r\nbody");
        assertThat(stamp("")).startsWith("Return-Path:");
    }

    private static String stamp(String letter) throws IOException {
        return new String(StampedLetter.of(new ByteArrayInputStream(letter.getBytes(StandardCharsets.UTF_8)), "<an@city.example>", "id-1", "city.example",
            Instant.parse("2026-11-22T10:00:00Z")), StandardCharsets.UTF_8);
    }
}
