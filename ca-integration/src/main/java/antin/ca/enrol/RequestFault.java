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
    /** A system has no name, or one that no certificate can bear. */
    SYSTEM_NAME,
    /** A TLS server without a host. */
    NO_HOST,
    /** Neither a DNS name nor an address of the inner network. */
    HOST_FORM,
    /** A name outside the city's domains. */
    HOST_OUTSIDE,
    /** A name of this installation's own. */
    HOST_OURS,
    /** Another system has a good certificate for it. */
    HOST_OF_ANOTHER,
    /** An agency's certificate for mail needs its number in the directory, which tells it from a person and a device. */
    NO_AGENCY_NUMBER,
    /** A certificate for mail needs an address that the directory gives its owner. */
    NO_ADDRESS,
    /** The authority's rules say no. */
    REFUSED;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
