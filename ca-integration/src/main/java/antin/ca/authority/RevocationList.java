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
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;

/** Signs a full CRL (RFC 5280, 5). What is revoked stays on it past its end, so that old signatures can still be judged. */
public final class RevocationList {

    private RevocationList() {
    }

    /** Returns DER. */
    public static byte[] sign(Authority authority, long number, List<CertificateStatus> revoked, Instant thisUpdate, Instant nextUpdate)
        throws GeneralSecurityException {
        try {
            X500Name issuer = X500Name.getInstance(authority.certificate().getSubjectX500Principal().getEncoded());
            X509v2CRLBuilder builder = new X509v2CRLBuilder(issuer, Date.from(thisUpdate));
            builder.setNextUpdate(Date.from(nextUpdate));
            builder.addExtension(Extension.authorityKeyIdentifier, false,
                new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority.certificate().getPublicKey()));
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
            // X.509 (10/2019), 9.5.2.8: from here on none is dropped at its end; that is all there ever was
            builder.addExtension(Extension.expiredCertsOnCRL, false, new ASN1GeneralizedTime(authority.certificate().getNotBefore()));
            for (CertificateStatus status : revoked) {
                status.revocation().ifPresent(revocation -> add(builder, status.serial(), revocation));
            }
            return builder.build(Authority.signer(authority.key())).getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new GeneralSecurityException("The CRL cannot be made", e);
        }
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
