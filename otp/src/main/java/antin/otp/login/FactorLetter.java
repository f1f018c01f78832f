package antin.otp.login;

import antin.web.ReaderTimes;
import java.time.Instant;
import java.util.Map;

/**
 * What a person is told when a second factor of theirs came or went: Vietnamese first, then English, since whoever reads it in a fright may not be the one who chose the language.
 * No link is in it: such letters are what phishers copy. No secret either.
 */
record FactorLetter(String subject, String text) {

    /** What happened, in both languages. */
    enum Change {
        ADDED("Đã thêm cách xác thực", "Sign-in method added"), REMOVED("Đã xóa cách xác thực", "Sign-in method removed"),
        RESET("Cách xác thực đã được đặt lại", "Sign-in methods reset");

        private final String vietnamese;
        private final String english;

        Change(String vietnamese, String english) {
            this.vietnamese = vietnamese;
            this.english = english;
        }
    }

    private record Words(String vietnamese, String english) {
    }

    private static final Map<String, Words> KINDS = Map.of(
        "totp", new Words("ứng dụng tạo mã", "authenticator app"),
        "hotp", new Words("thẻ tạo mã", "token with a button"),
        "passkey", new Words("khóa truy cập (passkey)", "passkey"),
        "backup-code", new Words("mã dự phòng (bộ mã cũ không còn dùng được)", "backup codes (the former set is void)"),
        "mailed-code", new Words("địa chỉ thư ngoài nhận mã", "outside mail address for codes"),
        "sms-code", new Words("số điện thoại nhận mã", "telephone number for codes"));
    private static final Words ALL = new Words("tất cả, do quản trị viên đặt lại với sự chấp thuận của người thứ hai", "all of them, by administrators, one of whom asked and another allowed it");

    /**
     * @param details as they are audited; {@code kind}, {@code name} and {@code by} count
     * @param address the client's IP address
     */
    static FactorLetter of(Change change, Map<String, String> details, String address, Instant at) {
        String kind = details.getOrDefault("kind", "");
        Words what = change == Change.RESET ? ALL : KINDS.getOrDefault(kind, new Words(kind, kind));
        String name = details.getOrDefault("name", "").isEmpty() ? "" : " \"" + details.get("name") + '"';
        boolean byTicket = details.getOrDefault("by", "").equals("ticket");
        String time = new ReaderTimes().dateAndTime(at);
        return new FactorLetter(change.vietnamese + " / " + change.english, """
            %s: %s%s%s.
            Lúc: %s (giờ Việt Nam). Từ địa chỉ: %s.

            Nếu đó là bạn, hoặc bạn đã yêu cầu, thì không cần làm gì.
            Nếu không phải: hãy báo ngay cho quản trị viên, rồi mở trang tài khoản trong trình duyệt như thường lệ,
            xem lại Xác thực hai bước, kết thúc các phiên khác và đổi mật khẩu.

            %s: %s%s%s.
            When: %s (Vietnam time). From address: %s.

            If this was you, or you asked for it, nothing needs to be done.
            If it was not: tell your administrator now, then open the account page in your browser as usual,
            check Two-step sign-in, end the other sessions and change your password.
            """.formatted(change.vietnamese, what.vietnamese(), name, byTicket ? " (bằng mã đăng ký do quản trị viên cấp)" : "", time, address,
            change.english, what.english(), name, byTicket ? " (with an enrolment code from an administrator)" : "", time, address));
    }
}
