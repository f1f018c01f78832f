package antin.ca.external;

import java.util.Locale;

/** Why a certificate or a signature is not taken, for who showed it to mend. */
public enum OutsideFault {
    /** Nothing was sent. */
    MISSING,
    TOO_LARGE,
    /** No certificate at all. */
    UNREADABLE,
    /** Not yet good, or no longer. */
    OUT_OF_TIME,
    /** An authority's, or one without nonRepudiation. */
    NOT_FOR_SIGNING,
    WEAK_KEY,
    /** No configured root stands above it. */
    OF_NOBODY,
    /** That authority's certificates are not taken for owners of this kind. */
    NOT_FOR_SUCH_OWNERS,
    /** It, or an authority above it, was taken back. */
    REVOKED,
    /** The authority does not know it. */
    NEVER_ISSUED,
    /** Nobody tells now whether it was taken back: worth another try. */
    STATUS_UNKNOWN,
    /** The challenge is of somebody else, was used, or is too old. */
    CHALLENGE_OVER,
    /** The signature is of another key, or of another text. */
    NOT_SIGNED,
    KEY_OF_ANOTHER,
    /** One of the same owner waits for an administrator already. */
    WAITS_ALREADY;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
