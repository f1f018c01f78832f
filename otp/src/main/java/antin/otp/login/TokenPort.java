package antin.otp.login;

import java.util.Optional;

/**
 * Where people log in with a certificate: another port of the same host, so that its session is the same.
 *
 * @param number the port that asks for a certificate; 0: there is none
 * @param url    such as {@code https://login.city.example:8442}, as browsers reach it
 */
public record TokenPort(int number, String url) {

    /** Nobody logs in with a certificate. */
    public static TokenPort closed() {
        return new TokenPort(0, "");
    }

    public boolean isOpen() {
        return number > 0;
    }

    /** The page that takes a certificate, and then leads to {@code target}; empty where there is none. */
    Optional<String> page(Target target) {
        return isOpen() ? Optional.of(url + target.through(CertificatePages.PATH)) : Optional.empty();
    }
}
