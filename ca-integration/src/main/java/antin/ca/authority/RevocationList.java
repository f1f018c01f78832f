package antin.ca.authority;

import antin.ca.CertificateStatus;
import antin.ca.CertificateStatus.Revocation;
import antin.ca.RevocationReason;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/**
 * Signs full and delta CRLs (RFC 5280, 5). What is revoked stays on the full one past its end, so that old signatures can still be judged. Neither has an
 * issuing distribution point (5.2.5): both are about every certificate of their authority, which is what its absence says.
 */
public final class RevocationList {

    private RevocationList() {
    }

    /** When and under which number. */
    public record Issue(long number, Instant thisUpdate, Instant nextUpdate) {
    }

    /** Returns DER. With {@code deltas} it tells where the delta CRLs are (RFC 5280, 5.2.6). */
    public static byte[] sign(Authority authority, Issue issue, List<CertificateStatus> revoked, boolean deltas) throws GeneralSecurityException {
        try {
            X509v2CRLBuilder builder = begin(authority, issue);
            // X.509 (10/2019), 9.5.2.8: from here on none is dropped at its end; that is all there ever was
            builder.addExtension(Extension.expiredCertsOnCRL, false, new ASN1GeneralizedTime(authority.certificate().getNotBefore()));
            if (deltas && authority.status().isPresent()) {
                builder.addExtension(Extension.freshestCRL, false, new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(new DistributionPointName(
                    new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, authority.status().get().deltaCrl()))), null, null)}));
            }
            return finish(authority, builder, revoked);
        } catch (IOException e) {
            throw new GeneralSecurityException("The CRL cannot be made", e);
        }
    }

    /**
     * Returns a delta CRL in DER.
     *
     * @param base     the number of the full CRL from which it counts
     * @param changed  what was revoked, held or released since that one; what is good now is named as removed (RFC 5280, 5.3.1)
     */
    public static byte[] signDelta(Authority authority, Issue issue, long base, List<CertificateStatus> changed)
        throws GeneralSecurityException {
        try {
            X509v2CRLBuilder builder = begin(authority, issue);
            builder.addExtension(Extension.deltaCRLIndicator, true, new CRLNumber(BigInteger.valueOf(base))); // RFC 5280, 5.2.4: critical
            // X.509 (10/2019), 9.5.2.8 in the delta as in the full one, since both are of one scope
            builder.addExtension(Extension.expiredCertsOnCRL, false, new ASN1GeneralizedTime(authority.certificate().getNotBefore()));
            changed.stream().filter(status -> status.revocation().isEmpty())
                .forEach(status -> builder.addCRLEntry(status.serial(), Date.from(issue.thisUpdate), CRLReason.removeFromCRL));
            return finish(authority, builder, changed);
        } catch (IOException e) {
            throw new GeneralSecurityException("The delta CRL cannot be made", e);
        }
    }

    private static X509v2CRLBuilder begin(Authority authority, Issue issue) throws IOException, GeneralSecurityException {
        X500Name issuer = X500Name.getInstance(authority.certificate().getSubjectX500Principal().getEncoded());
        X509v2CRLBuilder builder = new X509v2CRLBuilder(issuer, Date.from(issue.thisUpdate));
        builder.setNextUpdate(Date.from(issue.nextUpdate));
        builder.addExtension(Extension.authorityKeyIdentifier, false,
            new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority.certificate().getPublicKey()));
        builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(issue.number)));
        return builder;
    }

    private static byte[] finish(Authority authority, X509v2CRLBuilder builder, List<CertificateStatus> revoked)
        throws IOException, GeneralSecurityException {
        for (CertificateStatus status : revoked) {
            status.revocation().ifPresent(revocation -> add(builder, status.serial(), revocation));
        }
        return builder.build(authority.signer()).getEncoded();
    }

    private static void add(X509v2CRLBuilder builder, BigInteger serial, Revocation revocation) {
        Date time = Date.from(revocation.time());
        if (revocation.reason() == RevocationReason.UNSPECIFIED) {
            builder.addCRLEntry(serial, time, 0); // RFC 5280, 5.3.1: then the extension is left out, as 0 does here
        } else {
            builder.addCRLEntry(serial, time, revocation.reason().code());
        }
    }
}
