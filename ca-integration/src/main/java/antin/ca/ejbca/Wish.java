package antin.ca.ejbca;

import antin.ca.RevocationReason;
import antin.ca.ejbca.EjbcaApi.Standing;
import java.util.Locale;
import java.util.Optional;

/**
 * How somebody wants a certificate to stand at EJBCA.
 *
 * @param act    for the audit, such as {@code certificate.hold}
 * @param word   the RFC's (RFC 5280, 5.3.1), as it is written down
 * @param reason EJBCA's: exactly in upper case
 */
record Wish(String act, String word, String reason) {

    static final Wish HOLD = new Wish("certificate.hold", "certificateHold", "CERTIFICATE_HOLD");
    static final Wish RELEASE = new Wish("certificate.release", "removeFromCRL", "REMOVE_FROM_CRL");

    static Wish revocation(RevocationReason reason) {
        return new Wish("certificate.revoke", reason.word(), reason == RevocationReason.PRIVILEGE_WITHDRAWN ? "PRIVILEGES_WITHDRAWN" : reason.name().toUpperCase(Locale.ROOT));
    }

    /** As it was written down. */
    static Wish said(String word) {
        return Optional.of(HOLD).filter(wish -> wish.word.equals(word)).or(() -> Optional.of(RELEASE).filter(wish -> wish.word.equals(word)))
            .orElseGet(() -> revocation(RevocationReason.named(word).orElse(RevocationReason.UNSPECIFIED)));
    }

    /** Whether there is nothing left to wish: what is revoked for good is neither held nor released. */
    boolean isMet(Standing standing) {
        if (standing.isForGood()) {
            return true;
        }
        return equals(RELEASE) ? !standing.revoked() : equals(HOLD) && standing.revoked();
    }
}
