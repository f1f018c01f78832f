package antin.ca.external;

import antin.ca.external.OutsideRequests.Wish;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The letter by which an outside authority is asked to revoke or to change a certificate: a signed electronic document (Decree 68/2024, requests), laid out as an official letter
 * (Decree 30/2020, Annex I) in plain text, which every program that signs can show and no font is needed for. The reader's program shows the same octets that were signed.
 *
 * @param id      its notation
 * @param reason  the RFC's word for a revocation, else what shall change
 * @param to      the authority's title
 * @param agency  who writes, above the letter; may be empty
 * @param sender  the person who signs; may be empty
 * @param owner   as {@link Owner#id()}
 */
public record RequestLetter(String id, Wish wish, String reason, String to, String agency, String sender, String owner, Instant when) {

    private static final int LEFT = 34;
    private static final int WIDTH = 80;
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("'ngày' dd 'tháng' MM 'năm' yyyy", Locale.ROOT).withZone(ZONE);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX", Locale.ROOT).withZone(ZONE); // Decree 30/2020: ISO 8601

    /** In UTF-8 and composed letters (TCVN 6909:2001), lines ended as RFC 5652 programs leave alone. */
    public byte[] write(Registered about) {
        X509Certificate certificate = about.x509();
        List<String> lines = new ArrayList<>();
        head(lines);
        lines.add("");
        wrap(lines, "Kính gửi: " + to, "");
        lines.add("");
        String asked = wish == Wish.REVOKE ? "thu hồi" : "thay đổi thông tin của";
        wrap(lines, "Căn cứ Nghị định số 68/2024/NĐ-CP của Chính phủ về chữ ký số chuyên dùng công vụ, đề nghị Quý cơ quan " + asked + " chứng thư số sau:", "");
        lines.add("");
        fact(lines, "Chủ thể", certificate.getSubjectX500Principal().getName());
        fact(lines, "Số sê-ri", about.serial());
        fact(lines, "Nơi cấp", certificate.getIssuerX500Principal().getName());
        fact(lines, "Hiệu lực đến", TIME.format(about.notAfter()));
        fact(lines, "SHA-256", about.certificateSha256());
        fact(lines, "Chủ sở hữu", (Owner.kind(owner) == Owner.Kind.PERSON ? "mã số " : "cơ quan ") + Owner.bare(owner));
        fact(lines, wish == Wish.REVOKE ? "Lý do" : "Nội dung", wish == Wish.REVOKE ? reasonInWords() : clean(reason));
        lines.add("");
        wrap(lines, "Đề nghị Quý cơ quan xem xét, thực hiện và thông báo kết quả bằng văn bản, ghi rõ số hiệu của văn bản này.", "");
        lines.add("");
        Stream.of("NGƯỜI ĐỀ NGHỊ", "(ký số tách rời, CMS)", sender).filter(line -> !line.isEmpty()).forEach(line -> lines.add(centred(line, LEFT, WIDTH)));
        return (Normalizer.normalize(String.join("\r\n", lines), Normalizer.Form.NFC) + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private void head(List<String> lines) {
        List<String> left = new ArrayList<>();
        wrapped(agency.toUpperCase(Locale.forLanguageTag("vi")), LEFT - 2).forEach(left::add);
        left.add("Số: " + id);
        wrapped("V/v đề nghị " + (wish == Wish.REVOKE ? "thu hồi" : "thay đổi") + " chứng thư số", LEFT - 2).forEach(left::add);
        List<String> right = List.of("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "---------------", DATE.format(when));
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            String one = i < left.size() ? centred(left.get(i), 0, LEFT - 2) : "";
            lines.add((one + " ".repeat(Math.max(0, LEFT - one.length())) + (i < right.size() ? centred(right.get(i), 0, WIDTH - LEFT) : "")).stripTrailing());
        }
    }

    private static void fact(List<String> lines, String name, String value) {
        wrap(lines, "- " + name + ": " + value, "  ");
    }

    private static void wrap(List<String> lines, String text, String indent) {
        List<String> parts = wrapped(text, WIDTH - indent.length());
        for (int i = 0; i < parts.size(); i++) {
            lines.add(i == 0 ? parts.get(i) : indent + parts.get(i));
        }
    }

    /** At blanks; a word that is longer than a line stays whole. */
    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : Normalizer.normalize(text, Normalizer.Form.NFC).strip().split("\\s+")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    private static String centred(String text, int from, int to) {
        return " ".repeat(from + Math.max(0, (to - from - text.length()) / 2)) + text;
    }

    /** No line breaks or other controls, by which a reason would look like another part of the letter. */
    private static String clean(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cf}]+", " ").strip();
    }

    private String reasonInWords() {
        return switch (reason) {
            case "keyCompromise" -> "khóa bí mật bị lộ, hoặc thiết bị giữ khóa bị mất";
            case "affiliationChanged" -> "thay đổi họ tên, vị trí công tác hoặc cơ quan";
            case "superseded" -> "đã có chứng thư số khác thay thế";
            case "cessationOfOperation" -> "không còn sử dụng; cơ quan giải thể, chia tách, sáp nhập, hoặc người dùng nghỉ hưu, thôi việc";
            case "privilegeWithdrawn" -> "không còn thẩm quyền sử dụng";
            default -> "lý do khác";
        };
    }
}
