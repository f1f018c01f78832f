package antin.otp.notice;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

/** A letter of plain text as it goes over the wire (RFC 5322): all of it ASCII, lines of 76 characters at most. */
final class Letter {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT).withZone(ZoneId.of("Asia/Ho_Chi_Minh"));
    private static final int LONGEST_WORD = 39; // bytes of an encoded word: 52 letters in Base64, so that a line stays below 76 with its field name (RFC 2047, 2)
    private static final String END = "\r\n";

    private Letter() {
    }

    /**
     * @param id   the part of Message-ID before the at sign; the same for each try, so that a letter that came twice can be told
     * @param from the sender's address; its domain is the Message-ID's
     */
    static byte[] of(String id, String from, String to, Instant date, String subject, String text) {
        String domain = from.substring(from.indexOf('@') + 1);
        String header = "Date: " + DATE.format(date) + END
            + "From: " + encoded("Ấn Tín", 6) + " <" + from + '>' + END
            + "To: <" + to + '>' + END
            + "Subject: " + encoded(subject, 9) + END
            + "Message-ID: <" + id + '@' + domain + '>' + END
            + "Auto-Submitted: auto-generated" + END // RFC 3834, 5: nobody's holiday answers it
            + "MIME-Version: 1.0" + END
            + "Content-Type: text/plain; charset=UTF-8" + END
            + "Content-Transfer-Encoding: base64" + END + END;
        return (header + body(text) + END).getBytes(US_ASCII);
    }

    private static String body(String text) {
        return Base64.getMimeEncoder().encodeToString(text.replaceAll("\\r?\\n", END).getBytes(UTF_8));
    }

    /** RFC 2047: words of UTF-8 in Base64, none with half a character in it; what is plain stays so. */
    private static String encoded(String text, int taken) {
        if (text.matches("[\\x20-\\x7e]*") && !text.contains("=?") && text.length() + taken <= 76) {
            return text;
        }
        StringBuilder words = new StringBuilder();
        StringBuilder word = new StringBuilder();
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            String next = Character.toString(text.codePointAt(at));
            if ((word + next).getBytes(UTF_8).length > LONGEST_WORD) {
                words.append(words.isEmpty() ? "" : END + ' ').append(framed(word));
                word.setLength(0);
            }
            word.append(next);
        }
        return words.append(words.isEmpty() ? "" : END + ' ').append(framed(word)).toString();
    }

    private static String framed(CharSequence word) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(word.toString().getBytes(UTF_8)) + "?=";
    }
}
