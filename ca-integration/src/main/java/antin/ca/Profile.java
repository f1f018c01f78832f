package antin.ca;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * What a kind of certificate is good for, and for how long.
 *
 * @param name       as the audit names it
 * @param curve      of a key that is made for it
 * @param authority  whether it may sign certificates
 * @param pathLength how many authorities may stand below it; empty for no limit
 * @param keyUsage   bits of {@link KeyUsage}
 * @param purposes   extended key usages; none for authorities
 */
record Profile(String name, String curve, Duration validity, boolean authority, OptionalInt pathLength, int keyUsage, List<KeyPurposeId> purposes) {

    private static final int SIGNS_CERTIFICATES = KeyUsage.keyCertSign | KeyUsage.cRLSign;
    private static final Duration YEAR = Duration.ofDays(365);
    /** The longest that browsers take. */
    private static final Duration LEAF = Duration.ofDays(397);

    static final Profile ROOT = authority("root", YEAR.multipliedBy(20), OptionalInt.empty());
    static final Profile ISSUING = authority("issuing", YEAR.multipliedBy(10), OptionalInt.of(0));
    static final Profile INTERNAL_AUTHORITY = authority("internal-authority", YEAR.multipliedBy(20), OptionalInt.of(0));
    static final Profile LISTENER = leaf("listener", List.of(KeyPurposeId.id_kp_serverAuth));
    static final Profile INTERNAL_PEER = leaf("internal-peer", List.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth));

    Profile {
        purposes = List.copyOf(purposes);
    }

    private static Profile authority(String name, Duration validity, OptionalInt pathLength) {
        return new Profile(name, "secp384r1", validity, true, pathLength, SIGNS_CERTIFICATES, List.of());
    }

    /** An EC key signs and agrees; it never enciphers (RFC 8446 and RFC 8422 need digitalSignature alone). */
    private static Profile leaf(String name, List<KeyPurposeId> purposes) {
        return new Profile(name, "secp256r1", LEAF, false, OptionalInt.empty(), KeyUsage.digitalSignature, purposes);
    }
}
