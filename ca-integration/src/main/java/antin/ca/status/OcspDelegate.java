package antin.ca.status;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.jspecify.annotations.Nullable;

/** One authority, by its short name, with the key that answers for it and the hashes by which requests name it. */
final class OcspDelegate {

    /** RFC 6960, 4.1.1: of the issuer's name in DER, and of its public key's bits. */
    private record Hashes(byte[] name, byte[] key) {
    }

    /** The key of now, with its certificate as answers carry it. */
    record Signing(DelegatedKey key, X509CertificateHolder responder) {
    }

    private final String issuer;
    private final Supplier<DelegatedKey> keys;
    private volatile Signing last;
    private final Extensions archive;
    private final Map<ASN1ObjectIdentifier, Hashes> hashes;

    /** @param keys may give another key of the same authority later */
    OcspDelegate(String issuer, Supplier<DelegatedKey> keys) {
        DelegatedKey key = keys.get();
        this.issuer = issuer;
        this.keys = keys;
        this.last = new Signing(key, DelegatedKey.holder(key.certificate()));
        this.archive = archive(key.issuer());
        X509CertificateHolder authority = DelegatedKey.holder(key.issuer());
        // RFC 5019, 2.1.1 asks for SHA-1 as a name for the issuer; nothing rests on its strength
        this.hashes = Map.of(OIWObjectIdentifiers.idSHA1, hashes(authority, "SHA-1"), NISTObjectIdentifiers.id_sha256, hashes(authority, "SHA-256"));
    }

    String issuer() {
        return issuer;
    }

    Signing signing() {
        DelegatedKey key = keys.get();
        Signing signing = last;
        if (signing.key != key) {
            signing = new Signing(key, DelegatedKey.holder(key.certificate()));
            last = signing;
        }
        return signing;
    }

    /** RFC 6960, 4.4.4: statuses are kept after certificates end, back to the authority's first day. */
    Extensions archive() {
        return archive;
    }

    boolean answersFor(CertificateID id) {
        @Nullable Hashes own = hashes.get(id.getHashAlgOID());
        return own != null && Arrays.equals(own.name, id.getIssuerNameHash()) && Arrays.equals(own.key, id.getIssuerKeyHash());
    }

    private static Extensions archive(X509Certificate authority) {
        try {
            return new Extensions(Extension.create(OCSPObjectIdentifiers.id_pkix_ocsp_archive_cutoff, false, new ASN1GeneralizedTime(authority.getNotBefore())));
        } catch (IOException e) {
            throw new IllegalStateException("A time does not encode", e);
        }
    }

    private static Hashes hashes(X509CertificateHolder authority, String digest) {
        try {
            return new Hashes(MessageDigest.getInstance(digest).digest(authority.getSubject().getEncoded()),
                MessageDigest.getInstance(digest).digest(authority.getSubjectPublicKeyInfo().getPublicKeyData().getOctets()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("An authority that was read does not encode", e);
        }
    }
}
