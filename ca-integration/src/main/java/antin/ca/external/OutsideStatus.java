package antin.ca.external;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** Whether an outside authority took a certificate back: its OCSP (RFC 6960) is asked, or its CRL (RFC 5280, 5) read. What cannot be known is no yes. */
final class OutsideStatus {

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final Fetch fetch;
    private final Clock clock;

    OutsideStatus(Fetch fetch, Clock clock) {
        this.fetch = fetch;
        this.clock = clock;
    }

    /** Throws {@code CERTIFICATE_UNUSABLE} for one that was taken back or never issued, {@code PEER_UNAVAILABLE} where nobody tells. */
    void check(OutsideAuthority authority, X509Certificate certificate, X509Certificate issuer) {
        try {
            if (authority.ocsp().isPresent()) {
                askOcsp(authority.ocsp().get(), certificate, issuer);
            } else {
                readCrl(authority.crl().orElseThrow(), certificate, issuer);
            }
        } catch (GeneralSecurityException | OCSPException | OperatorCreationException | IOException | RuntimeException e) {
            if (e instanceof Problem problem) {
                throw problem;
            }
            throw untold(e);
        }
    }

    private void askOcsp(URI address, X509Certificate certificate, X509Certificate issuer) throws GeneralSecurityException, OCSPException, OperatorCreationException, IOException {
        var digests = new JcaDigestCalculatorProviderBuilder().build();
        CertificateID id = new CertificateID(digests.get(CertificateID.HASH_SHA1), new JcaX509CertificateHolder(issuer), certificate.getSerialNumber());
        OCSPResp response = new OCSPResp(fetch.post(address, "application/ocsp-request", new OCSPReqBuilder().addRequest(id).build().getEncoded()));
        if (response.getStatus() != OCSPResp.SUCCESSFUL || !(response.getResponseObject() instanceof BasicOCSPResp basic)) {
            throw untold(new OCSPException("status " + response.getStatus()));
        }
        checkSigner(basic, issuer);
        SingleResp answer = List.of(basic.getResponses()).stream().filter(one -> one.getCertID().getSerialNumber().equals(certificate.getSerialNumber()) && isOf(one, issuer, digests)).findFirst()
            .orElseThrow(() -> untold(new OCSPException("It answers about another certificate")));
        checkTime(answer.getThisUpdate(), answer.getNextUpdate());
        CertificateStatus status = answer.getCertStatus();
        if (status instanceof RevokedStatus revoked) {
            throw revoked(revoked.getRevocationTime());
        }
        if (status != CertificateStatus.GOOD) {
            throw new Problem(Kind.CERTIFICATE_UNUSABLE, "The authority does not know this certificate.");
        }
    }

    private static boolean isOf(SingleResp answer, X509Certificate issuer, org.bouncycastle.operator.DigestCalculatorProvider digests) {
        try {
            return answer.getCertID().matchesIssuer(new JcaX509CertificateHolder(issuer), digests);
        } catch (OCSPException | GeneralSecurityException e) {
            return false;
        }
    }

    /** RFC 6960, 4.2.2.2: the issuer itself, or one to whom it gave that right. */
    private void checkSigner(BasicOCSPResp response, X509Certificate issuer) throws OCSPException, GeneralSecurityException {
        if (isSignedBy(response, issuer)) {
            return;
        }
        for (X509CertificateHolder holder : response.getCerts()) {
            X509Certificate delegate = new JcaX509CertificateConverter().getCertificate(holder);
            List<String> purposes = delegate.getExtendedKeyUsage();
            if (purposes != null && purposes.contains(KeyPurposeId.id_kp_OCSPSigning.getId()) && isSignedBy(response, delegate)) {
                delegate.verify(issuer.getPublicKey());
                delegate.checkValidity(Date.from(clock.instant()));
                return;
            }
        }
        throw untold(new OCSPException("It is signed by somebody else"));
    }

    /** A key of another kind than the signature's is a no, and no fault. */
    private static boolean isSignedBy(BasicOCSPResp response, X509Certificate signer) {
        try {
            return response.isSignatureValid(new JcaContentVerifierProviderBuilder().build(signer.getPublicKey()));
        } catch (OCSPException | OperatorCreationException e) {
            return false;
        }
    }

    private void readCrl(URI address, X509Certificate certificate, X509Certificate issuer) throws GeneralSecurityException {
        X509CRL crl = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(fetch.get(address)));
        if (!crl.getIssuerX500Principal().equals(issuer.getSubjectX500Principal()) || crl.getNextUpdate() == null) {
            throw untold(new GeneralSecurityException("It is of another authority"));
        }
        crl.verify(issuer.getPublicKey());
        // a delta, or one of a part of the certificates, does not say that all others are good
        if (crl.getExtensionValue(Extension.deltaCRLIndicator.getId()) != null || crl.getExtensionValue(Extension.issuingDistributionPoint.getId()) != null) {
            throw untold(new GeneralSecurityException("It is no full list"));
        }
        checkTime(crl.getThisUpdate(), crl.getNextUpdate());
        var entry = crl.getRevokedCertificate(certificate.getSerialNumber());
        if (entry != null) {
            throw revoked(entry.getRevocationDate());
        }
    }

    private void checkTime(Date from, @org.jspecify.annotations.Nullable Date to) {
        Instant now = clock.instant();
        Instant until = to == null ? from.toInstant().plus(Duration.ofDays(1)) : to.toInstant();
        if (from.toInstant().isAfter(now.plus(CLOCKS_DIFFER)) || until.isBefore(now.minus(CLOCKS_DIFFER))) {
            throw untold(new GeneralSecurityException("It is out of date"));
        }
    }

    private static Problem revoked(Date time) {
        return new Problem(Kind.CERTIFICATE_UNUSABLE, "The certificate was revoked on " + time.toInstant() + '.');
    }

    private static Problem untold(Exception cause) {
        return new Problem(Kind.PEER_UNAVAILABLE, "Whether the certificate was revoked is not known now. Try again later.", cause);
    }
}
