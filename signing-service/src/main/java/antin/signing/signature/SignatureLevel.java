package antin.signing.signature;

/** How long a signature can be proven (ETSI EN 319 142-1 and 319 132-1, clause 6.1). */
public enum SignatureLevel {
    /** The signature and its certificate. */
    B,
    /** With a time stamp over it. */
    T,
    /** With certificates and revocation data to validate it later. */
    LT,
    /** With a time stamp over those, too. */
    LTA;

    public boolean needsTimeStamp() {
        return this != B;
    }
}
