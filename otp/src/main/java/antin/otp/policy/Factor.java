package antin.otp.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.core.authority.FactorGrantedAuthority;

/** A way to show who one is. */
public enum Factor {
    /** The directory's password. */
    PASSWORD(FactorGrantedAuthority.PASSWORD_AUTHORITY, "pwd", true, false),
    /** The login of another OpenID provider, which the city had before, in place of the password. */
    OUTSIDE("FACTOR_OUTSIDE", "fed", true, false),
    /** A one-time code of a device: TOTP (RFC 6238) or HOTP (RFC 4226). */
    CODE("FACTOR_TOTP", "otp", false, false),
    /** One of the codes that were printed at enrolment. */
    BACKUP_CODE("FACTOR_BACKUP_CODE", "otp", false, false),
    /** A code sent to a registered address outside the city. */
    MAILED_CODE("FACTOR_MAILED_CODE", "otp", false, false),
    /** A code sent to a registered telephone number. */
    SMS_CODE("FACTOR_SMS_CODE", "sms", false, false),
    /** WebAuthn, with the user verified by the authenticator: resists phishing. */
    PASSKEY(FactorGrantedAuthority.WEBAUTHN_AUTHORITY, "hwk", false, true),
    /** A certificate on a token, over TLS: resists phishing. */
    CERTIFICATE(FactorGrantedAuthority.X509_AUTHORITY, "sc", false, true);

    private final String authority;
    private final String method;
    private final boolean first;
    private final boolean resistsPhishing;

    Factor(String authority, String method, boolean first, boolean resistsPhishing) {
        this.authority = authority;
        this.method = method;
        this.first = first;
        this.resistsPhishing = resistsPhishing;
    }

    /** Its word in a session, as Spring Security names it. */
    public String authority() {
        return authority;
    }

    /** Its word in the claim {@code amr} (RFC 8176; {@code fed} is Microsoft's and common). */
    public String method() {
        return method;
    }

    /** Whether it comes first and needs a second one. */
    public boolean isFirst() {
        return first;
    }

    public boolean resistsPhishing() {
        return resistsPhishing;
    }

    /** As it is written in the configuration: {@code backup-code}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Factor> of(String word) {
        return Arrays.stream(values()).filter(factor -> factor.word().equals(word)).findFirst();
    }

    public static Optional<Factor> ofAuthority(String authority) {
        return Arrays.stream(values()).filter(factor -> factor.authority.equals(authority)).findFirst();
    }
}
