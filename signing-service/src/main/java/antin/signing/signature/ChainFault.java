package antin.signing.signature;

/** What is wrong with a certificate, or with what is known of it: said beside the sub-indication of ETSI EN 319 102-1, which is the same for many of these. It decides nothing. */
public enum ChainFault {

    /** A certificate's time is over (RFC 5280, 4.1.2.5). */
    CERTIFICATE_EXPIRED,
    /** A certificate's time has not begun. */
    CERTIFICATE_NOT_YET_VALID,
    /** A certificate was issued by one that is no authority's (4.2.1.9). */
    NOT_A_CA,
    /** There are more authorities below another than it may have (4.2.1.9). */
    PATH_TOO_LONG,
    /** An authority named somebody whom it may not name (4.2.1.10). */
    NAME_CONSTRAINTS,
    /** A certificate has a critical extension that is not understood here (4.2). */
    UNKNOWN_CRITICAL_EXTENSION,
    /** A certificate has an extension that one of its kind must not have. */
    FORBIDDEN_EXTENSION,
    /** The certificate policies of the chain contradict each other (4.2.1.4, 4.2.1.11). */
    CERTIFICATE_POLICIES,
    /** The key usage of a certificate does not allow what its key did (4.2.1.3). */
    WRONG_KEY_USAGE,
    /** A certificate is not signed by the authority that it names. */
    BROKEN_CERTIFICATE,
    /** There is no revocation data about a certificate. */
    STATUS_MISSING,
    /** There is revocation data, and none that may be used: of another, by another, or too old. */
    STATUS_UNUSABLE
}
