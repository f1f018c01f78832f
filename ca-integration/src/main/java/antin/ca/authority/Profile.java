package antin.ca.authority;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * What a kind of certificate is good for, and for how long.
 *
 * @param name       as requests and the audit name it
 * @param curve      of a key that is made for it here; keys that others bring are judged by who takes them
 * @param authority  whether it may sign certificates
 * @param pathLength how many authorities may stand below it; empty for no limit
 * @param keyUsage   bits of {@link KeyUsage}
 * @param purposes   extended key usages; none for authorities
 */
public record Profile(String name, String curve, Duration validity, boolean authority, OptionalInt pathLength, int keyUsage,
                      List<KeyPurposeId> purposes, Set<Mark> marks) {

    /** What few kinds have. */
    public enum Mark {
        /** The extended key usage is critical (RFC 3161, 2.3). */
        CRITICAL_PURPOSE,
        /** The status of such a certificate is not asked for in its short life (RFC 6960, 4.2.2.2.1). */
        NEVER_ASKED_ABOUT
    }

    private static final int SIGNS_CERTIFICATES = KeyUsage.keyCertSign | KeyUsage.cRLSign;
    private static final int SIGNS_DOCUMENTS = KeyUsage.digitalSignature | KeyUsage.nonRepudiation;
    private static final Duration YEAR = Duration.ofDays(365);
    /** The longest that browsers take. */
    private static final Duration LEAF = Duration.ofDays(397);
    private static final String P256 = "secp256r1";
    private static final String P384 = "secp384r1";

    public static final Profile ROOT = authority("root", YEAR.multipliedBy(20), OptionalInt.empty());
    public static final Profile ISSUING = authority("issuing", YEAR.multipliedBy(10), OptionalInt.of(0));
    public static final Profile INTERNAL_AUTHORITY = authority("internal-authority", YEAR.multipliedBy(20), OptionalInt.of(0));
    public static final Profile LISTENER = leaf("listener", List.of(KeyPurposeId.id_kp_serverAuth), Set.of());
    public static final Profile INTERNAL_PEER = leaf("internal-peer", List.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth), Set.of());
    public static final Profile OCSP_SIGNER = leaf("ocsp-signer", List.of(KeyPurposeId.id_kp_OCSPSigning), Set.of(Mark.NEVER_ASKED_ABOUT));
    public static final Profile TIME_STAMPS = leaf("time-stamps", List.of(KeyPurposeId.id_kp_timeStamping), Set.of(Mark.CRITICAL_PURPOSE));

    /** For documents (RFC 9336), and for mail (RFC 8550, 4.4.4), which is also what PDF readers that know no purpose for documents look for. */
    private static final List<KeyPurposeId> SIGNATURES =
        List.of(KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.36")), KeyPurposeId.id_kp_emailProtection);
    public static final Profile AGENCY_SEAL = signer("agency-seal", SIGNATURES);
    public static final Profile PERSON_SIGNING = signer("person-signing", SIGNATURES);
    /** A key that logs in by TLS signs no documents: what a server asks it to sign is never somebody's decree. */
    public static final Profile PERSON_LOGIN = new Profile("person-login", P256, YEAR.multipliedBy(2), false, OptionalInt.empty(), KeyUsage.digitalSignature,
        List.of(KeyPurposeId.id_kp_clientAuth), Set.of());

    public Profile {
        purposes = List.copyOf(purposes);
        marks = Set.copyOf(marks);
    }

    public boolean has(Mark mark) {
        return marks.contains(mark);
    }

    private static Profile authority(String name, Duration validity, OptionalInt pathLength) {
        return new Profile(name, P384, validity, true, pathLength, SIGNS_CERTIFICATES, List.of(), Set.of());
    }

    /** An EC key signs and agrees; it never enciphers (RFC 8446 and RFC 8422 need digitalSignature alone). */
    private static Profile leaf(String name, List<KeyPurposeId> purposes, Set<Mark> marks) {
        return new Profile(name, P256, LEAF, false, OptionalInt.empty(), KeyUsage.digitalSignature, purposes, marks);
    }

    private static Profile signer(String name, List<KeyPurposeId> purposes) {
        return new Profile(name, P256, YEAR.multipliedBy(2), false, OptionalInt.empty(), SIGNS_DOCUMENTS, purposes, Set.of());
    }
}
