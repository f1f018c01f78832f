package antin.signing.signature;

/**
 * What speaks against a signature whose value is right: it is not over what a reader takes for signed, or by whom a reader takes for the signer.
 * ETSI EN 319 102-1 leaves such rules to the policy of whoever validates (5.1.1).
 */
public enum Objection {

    /** An element like the signed one stands in the document without a signature. */
    WRAPPED_CONTENT,
    /** Two elements have the identifier that the signature refers to. */
    AMBIGUOUS_ID,
    /** A transform leaves content out, or computes what is signed. */
    HIDING_TRANSFORM,
    /** What is signed lies at an address outside of the document. */
    OUTSIDE_REFERENCE,
    /** The signature has something inside that it is not over. */
    UNSIGNED_OBJECT,
    /** The signature's own properties are not signed by it. */
    UNSIGNED_PROPERTIES,
    /** The signature is over no content. */
    NOTHING_SIGNED,
    /** A comment cuts a signed text in two. */
    COMMENT_IN_TEXT,
    /** A file in the container is in no signature. */
    UNSIGNED_FILE,
    /** The container says that it is of another kind. */
    WRONG_MIMETYPE,
    /** An attribute or header that must be signed stands where it is not, or stands there twice or in no certain form. */
    UNCERTAIN_ATTRIBUTE,
    /** The signature names no algorithm, or one that needs a secret and no certificate. */
    FORBIDDEN_ALGORITHM,
    /** The signer's certificate is for other uses, such as TLS. */
    WRONG_PURPOSE,
    /** The public key is such that anybody can sign with it. */
    WEAK_KEY,
    /** A time stamp is over something else, or is not what its unit made. */
    FORGED_TIME_STAMP,
    /** A time stamp is by a unit whose certificate is not for time stamps alone. */
    UNFIT_TIME_STAMP(true),
    /** That a certificate is not revoked is said by somebody who may not say it. */
    STATUS_BY_STRANGER(true);

    private final boolean doubt;

    Objection() {
        this(false);
    }

    Objection(boolean doubt) {
        this.doubt = doubt;
    }

    /** Whether it takes a proof away and disproves nothing: the signature is not determined then. */
    public boolean isDoubt() {
        return doubt;
    }
}
