package antin.ca.authority;

import java.security.PublicKey;
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
 * @param key        the kind of one that is made for it here, where nothing else is wished; keys that others bring are judged by who takes them
 * @param authority  whether it may sign certificates
 * @param pathLength how many authorities may stand below it; empty for no limit
 * @param keyUsage   what the key does, by its kind
 * @param purposes   extended key usages; none for authorities
 */
public record Profile(String name, KeyKind key, Duration validity, boolean authority, OptionalInt pathLength, Usage keyUsage,
                      List<KeyPurposeId> purposes, Set<Mark> marks) {

    /** Bits of {@link KeyUsage}, which depend on what a key of that kind can do. */
    public record Usage(int rsa, int ec) {

        static Usage of(int both) {
            return new Usage(both, both);
        }

        /** Of the one key. */
        public int of(PublicKey key) {
            return key.getAlgorithm().equals("RSA") ? rsa : ec;
        }
    }

    /** What few kinds have. */
    public enum Mark {
        /** The extended key usage is critical (RFC 3161, 2.3). */
        CRITICAL_PURPOSE,
        /** The status of such a certificate is not asked for in its short life (RFC 6960, 4.2.2.2.1). */
        NEVER_ASKED_ABOUT
    }

    private static final Usage SIGNS_CERTIFICATES = Usage.of(KeyUsage.keyCertSign | KeyUsage.cRLSign);
    private static final Usage SIGNS_DOCUMENTS = Usage.of(KeyUsage.digitalSignature | KeyUsage.nonRepudiation);
    /** TLS from version 1.2 on agrees on keys that this one signs (RFC 8446; RFC 8422): it never enciphers. */
    private static final Usage SIGNS = Usage.of(KeyUsage.digitalSignature);
    /** RFC 8551, 4.4.2 and RFC 8813, 3: an EC key enciphers nothing, it agrees. */
    private static final Usage RECEIVES_KEYS = new Usage(KeyUsage.keyEncipherment, KeyUsage.keyAgreement);

    private static final Duration YEAR = Duration.ofDays(365);
    /** The longest that browsers take. */
    private static final Duration LEAF = Duration.ofDays(397);

    private static final KeyPurposeId SERVER = KeyPurposeId.id_kp_serverAuth;
    private static final KeyPurposeId CLIENT = KeyPurposeId.id_kp_clientAuth;
    private static final KeyPurposeId MAIL = KeyPurposeId.id_kp_emailProtection;
    private static final KeyPurposeId DOCUMENTS = KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.36")); // RFC 9336

    // Authorities: name, life, how many may stand below
    public static final Profile ROOT = authority("root", YEAR.multipliedBy(20), OptionalInt.empty());
    public static final Profile ISSUING = authority("issuing", YEAR.multipliedBy(10), OptionalInt.of(0));
    public static final Profile INTERNAL_AUTHORITY = authority("internal-authority", YEAR.multipliedBy(20), OptionalInt.of(0));

    /** Opens the archive of mail keys; lives as long as its authority, since what is sealed for it must open. */
    public static final Profile RECOVERY = new Profile("recovery", KeyKind.EC_P384, YEAR.multipliedBy(20), false, OptionalInt.empty(), RECEIVES_KEYS,
        List.of(KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.4.1.311.21.6"))), Set.of()); // szOID_KP_KEY_RECOVERY_AGENT, the one name that there is for it

    // Made by the bootstrap: name, life, what the key does, purposes
    public static final Profile LISTENER = leaf("listener", LEAF, SIGNS, SERVER);
    public static final Profile INTERNAL_PEER = leaf("internal-peer", LEAF, SIGNS, SERVER, CLIENT);
    public static final Profile OCSP_SIGNER = leaf("ocsp-signer", LEAF, SIGNS, KeyPurposeId.id_kp_OCSPSigning).marked(Mark.NEVER_ASKED_ABOUT);
    public static final Profile TIME_STAMPS = leaf("time-stamps", LEAF, SIGNS, KeyPurposeId.id_kp_timeStamping).marked(Mark.CRITICAL_PURPOSE);

    // Issued on request. For documents and for mail (RFC 8550, 4.4.4), which is also what PDF readers look for that know no purpose for documents.
    // A key that logs in by TLS signs no documents: what a server asks it to sign is never somebody's decree.
    public static final Profile AGENCY_SEAL = leaf("agency-seal", YEAR.multipliedBy(2), SIGNS_DOCUMENTS, DOCUMENTS, MAIL);
    public static final Profile PERSON_SIGNING = leaf("person-signing", YEAR.multipliedBy(2), SIGNS_DOCUMENTS, DOCUMENTS, MAIL);
    public static final Profile PERSON_LOGIN = leaf("person-login", YEAR.multipliedBy(2), SIGNS, CLIENT);
    public static final Profile MAIL_SIGNING = leaf("mail-signing", YEAR.multipliedBy(2), SIGNS, MAIL);
    public static final Profile MAIL_ENCRYPTION = leaf("mail-encryption", YEAR.multipliedBy(2), RECEIVES_KEYS, MAIL);
    public static final Profile TLS_SERVER = leaf("tls-server", LEAF, SIGNS, SERVER);
    public static final Profile TLS_CLIENT = leaf("tls-client", LEAF, SIGNS, CLIENT);

    public Profile {
        purposes = List.copyOf(purposes);
        marks = Set.copyOf(marks);
    }

    public boolean has(Mark mark) {
        return marks.contains(mark);
    }

    private static Profile authority(String name, Duration validity, OptionalInt pathLength) {
        return new Profile(name, KeyKind.EC_P384, validity, true, pathLength, SIGNS_CERTIFICATES, List.of(), Set.of());
    }

    private static Profile leaf(String name, Duration validity, Usage usage, KeyPurposeId... purposes) {
        return new Profile(name, KeyKind.EC_P256, validity, false, OptionalInt.empty(), usage, List.of(purposes), Set.of());
    }

    private Profile marked(Mark mark) {
        return new Profile(name, key, validity, authority, pathLength, keyUsage, purposes, Set.of(mark));
    }
}
