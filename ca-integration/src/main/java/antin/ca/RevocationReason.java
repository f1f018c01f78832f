package antin.ca;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a certificate was taken back (RFC 5280, 5.3.1; the codes are the RFC's): for good, but for the one that says that it is held. */
public enum RevocationReason {
    UNSPECIFIED(0, "unspecified"),
    KEY_COMPROMISE(1, "keyCompromise"),
    AFFILIATION_CHANGED(3, "affiliationChanged"),
    SUPERSEDED(4, "superseded"),
    CESSATION_OF_OPERATION(5, "cessationOfOperation"),
    /** Not for good: {@link CertificateHold}. */
    CERTIFICATE_HOLD(6, "certificateHold"),
    PRIVILEGE_WITHDRAWN(9, "privilegeWithdrawn");

    private final int code;
    private final String word;

    RevocationReason(int code, String word) {
        this.code = code;
        this.word = word;
    }

    /** Those that somebody may give to {@link CertificateAuthority#revoke}. */
    public static List<RevocationReason> forGood() {
        return Stream.of(values()).filter(reason -> reason != CERTIFICATE_HOLD).toList();
    }

    /** One of {@link #forGood} by the RFC's word, such as {@code keyCompromise}, without regard to case. */
    public static Optional<RevocationReason> named(String word) {
        return said(word).filter(reason -> reason != CERTIFICATE_HOLD);
    }

    /** Any by the RFC's word, of what an authority said. */
    public static Optional<RevocationReason> said(String word) {
        return Stream.of(values()).filter(reason -> reason.word.equalsIgnoreCase(word)).findFirst();
    }

    /** By the RFC's code, of what was stored. */
    public static RevocationReason of(int code) {
        return Stream.of(values()).filter(reason -> reason.code == code).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("No reason has the code " + code));
    }

    public int code() {
        return code;
    }

    public String word() {
        return word;
    }
}
