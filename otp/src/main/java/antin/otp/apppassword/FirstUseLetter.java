package antin.otp.apppassword;

import antin.web.ReaderTimes;
import java.time.Instant;

/** What the owner is told of a first use from a new network. No link is in it: such letters are what phishers copy. */
record FirstUseLetter(String subject, String text) {

    static FirstUseLetter of(String language, AppPassword password, AppScope scope, String address, Instant now) {
        String time = new ReaderTimes().dateAndTime(now);
        return language.equals("en") ? new FirstUseLetter("App password used from a new place: " + password.name(), """
            Your app password "%s" was used at %s (Vietnam time)
            from %s, a network that you never came from before, for %s.

            If this was you (a journey, another provider, a new connection), nothing needs to be done.
            If it was not: open the account page in your browser as usual, choose App passwords and
            revoke "%s". It ends at once. Then tell your administrator.

            You get one such letter for each new network.
            """.formatted(password.name(), time, address, scope.protocol(), password.name()))
            : new FirstUseLetter("Mật khẩu ứng dụng được dùng ở nơi mới: " + password.name(), """
            Mật khẩu ứng dụng "%s" của bạn được dùng lúc %s
            từ địa chỉ %s, một mạng bạn chưa từng dùng, cho %s.

            Nếu đó là bạn (đi công tác, đổi nhà mạng, kết nối mới) thì không cần làm gì.
            Nếu không phải: hãy mở trang tài khoản trong trình duyệt như thường lệ, chọn Mật khẩu ứng dụng
            và thu hồi "%s". Mật khẩu hết hiệu lực ngay. Sau đó hãy báo cho quản trị viên.

            Mỗi mạng mới chỉ được báo một lần.
            """.formatted(password.name(), time, address, scope.protocol(), password.name()));
    }
}
