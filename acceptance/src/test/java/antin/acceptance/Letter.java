package antin.acceptance;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A letter as an ordinary client writes it: Vietnamese subject and attachment name, encoded by RFC 2047 and RFC 2231.
 *
 * @param id the Message-ID, without angle brackets
 */
record Letter(String id, String from, String to, String subject) {

    private static final String ATTACHMENT = "Công văn số 12 – Ủy ban nhân dân.txt";

    /** The whole message with CRLF line ends, but for the last one, which clients add themselves. */
    String mime() {
        return String.join("\r\n", header(), "", body()).stripTrailing();
    }

    String encodedSubject() {
        return "Subject: =?UTF-8?B?" + base64(subject) + "?=";
    }

    /** Everything after the header: it must arrive byte for byte. */
    String body() {
        return String.join("\r\n",
            "--ranh-gioi",
            "Content-Type: text/plain; charset=UTF-8",
            "Content-Transfer-Encoding: base64",
            "",
            base64("Kính gửi: Ủy ban nhân dân các phường, xã.\n"),
            "--ranh-gioi",
            "Content-Type: application/octet-stream",
            "Content-Disposition: attachment; filename*=UTF-8''" + percent(ATTACHMENT),
            "Content-Transfer-Encoding: base64",
            "",
            base64("Nội dung đính kèm: ằ ẵ ậ ợ ữ"),
            "--ranh-gioi--",
            "");
    }

    private String header() {
        return String.join("\r\n",
            "From: <" + from + ">",
            "To: <" + to + ">",
            encodedSubject(),
            "Message-ID: <" + id + ">",
            "Date: Sun, 22 Nov 2026 10:11:12 +0700",
            "MIME-Version: 1.0",
            "Content-Type: multipart/mixed; boundary=ranh-gioi");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String percent(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append(String.format("%%%02X", b));
        }
        return encoded.toString();
    }
}
