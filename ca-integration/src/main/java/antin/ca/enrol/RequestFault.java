package antin.ca.enrol;

import java.util.Locale;

/** What is wrong with a request for a certificate, for who made it to mend. */
public enum RequestFault {
    /** Nothing was sent. */
    MISSING,
    TOO_LARGE,
    /** No PKCS#10 at all. */
    UNREADABLE,
    /** A certificate in place of a request for one. */
    A_CERTIFICATE,
    /** A private key, which nobody else should ever see. */
    A_PRIVATE_KEY,
    /** Signed with MD5, SHA-1 or the like. */
    OLD_HASH,
    /** The signature is of another key, or of another text. */
    NOT_PROVEN,
    /** RSA below 3072 bits, or of another exponent. */
    WEAK_KEY,
    /** Neither RSA nor EC on P-256 or P-384. */
    KEY_KIND,
    /** There was a certificate for it that is over. */
    KEY_USED,
    KEY_OF_ANOTHER,
    /** The authority's rules say no. */
    REFUSED;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
