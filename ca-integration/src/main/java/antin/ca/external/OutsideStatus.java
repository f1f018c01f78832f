package antin.ca.external;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.jspecify.annotations.Nullable;

/**
 * Whether an outside authority took a certificate back, or an authority above it: its OCSP (RFC 6960) is asked, or its CRLs (RFC 5280, 5) read. What cannot be known is no yes.
 */
final class OutsideStatus {

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final Fetch fetch;
    private final Clock clock;

    OutsideStatus(Fetch fetch, Clock clock) {
        this.fetch = fetch;
        this.clock = clock;
    }

    /** Throws {@link OutsideRefusal}: {@code REVOKED}, {@code NEVER_ISSUED}, or {@code STATUS_UNKNOWN} where nobody tells. */
    void check(OutsideCertificate certificate) {
        check(certificate, new HashMap<>());
    }

    /** @param lists those that were read for others in the same round */
    void check(OutsideCertificate certificate, Map<URI, X509CRL> lists) {
        List<X509Certificate> path = certificate.path();
        // from the root down: below one that was revoked nobody's word counts
        for (int i = path.size() - 2; i >= 0; i--) {
            check(certificate.authority(), path.get(i), path.get(i + 1), i == 0, lists);
        }
    }

    private void check(OutsideAuthority authority, X509Certificate certificate, X509Certificate issuer, boolean leaf, Map<URI, X509CRL> lists) {
        OutsideFault answer = authority.ocsp().isEmpty() ? OutsideFault.STATUS_UNKNOWN : told(() -> askOcsp(authority.ocsp().get(), certificate.getSerialNumber(), issuer));
        if (answer == OutsideFault.STATUS_UNKNOWN || answer == OutsideFault.NEVER_ISSUED && !leaf) { // a responder for people need not know of authorities
            answer = OutsideFault.STATUS_UNKNOWN;
            for (URI address : authority.crls()) {
                if (answer == OutsideFault.STATUS_UNKNOWN) {
                    answer = told(() -> readCrl(address, certificate, issuer, lists));
                }
            }
        }
        if (answer != null) {
            throw new OutsideRefusal(answer);
        }
    }

    /** An answer; throws where there is none. */
    private interface Question {
        void ask() throws GeneralSecurityException, OCSPException, OperatorCreationException, IOException;
    }

    /** Null where it is good. */
    private static @Nullable OutsideFault told(Question question) {
        try {
            question.ask();
            return null;
        } catch (OutsideRefusal e) {
            return e.fault();
        } catch (GeneralSecurityException | OCSPException | OperatorCreationException | IOException | RuntimeException e) {
            return OutsideFault.STATUS_UNKNOWN;
        }
    }

    void askOcsp(URI address, BigInteger serial, X509Certificate issuer) throws GeneralSecurityException, OCSPException, OperatorCreationException, IOException {
        var digests = new JcaDigestCalculatorProviderBuilder().build();
        CertificateID id = new CertificateID(digests.get(CertificateID.HASH_SHA1), new JcaX509CertificateHolder(issuer), serial);
        OCSPResp response = new OCSPResp(fetch.post(address, "application/ocsp-request", new OCSPReqBuilder().addRequest(id).build().getEncoded()));
        if (response.getStatus() != OCSPResp.SUCCESSFUL || !(response.getResponseObject() instanceof BasicOCSPResp basic)) {
            throw untold(new OCSPException("status " + response.getStatus()));
        }
        checkSigner(basic, issuer);
        SingleResp answer = List.of(basic.getResponses()).stream().filter(one -> one.getCertID().getSerialNumber().equals(serial) && isOf(one, issuer, digests)).findFirst()
            .orElseThrow(() -> untold(new OCSPException("It answers about another certificate")));
        checkTime(answer.getThisUpdate(), answer.getNextUpdate());
        CertificateStatus status = answer.getCertStatus();
        if (status instanceof RevokedStatus) {
            throw new OutsideRefusal(OutsideFault.REVOKED);
        }
        if (status != CertificateStatus.GOOD) {
            throw new OutsideRefusal(OutsideFault.NEVER_ISSUED);
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

    private void readCrl(URI address, X509Certificate certificate, X509Certificate issuer, Map<URI, X509CRL> lists) throws GeneralSecurityException {
        X509CRL crl = lists.get(address);
        if (crl == null) {
            crl = crl(address);
            lists.put(address, crl);
        }
        checkCrl(crl, issuer);
        if (crl.getRevokedCertificate(certificate.getSerialNumber()) != null) {
            throw new OutsideRefusal(OutsideFault.REVOKED);
        }
    }

    X509CRL crl(URI address) throws GeneralSecurityException {
        return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(fetch.get(address)));
    }

    /** Throws where the list does not say of all the issuer's certificates how they stand now. */
    void checkCrl(X509CRL crl, X509Certificate issuer) throws GeneralSecurityException {
        boolean[] usage = issuer.getKeyUsage();
        if (!crl.getIssuerX500Principal().equals(issuer.getSubjectX500Principal()) || crl.getNextUpdate() == null || usage != null && !usage[6]) { // cRLSign
            throw untold(new GeneralSecurityException("It is of another authority"));
        }
        crl.verify(issuer.getPublicKey());
        // a delta, or one of a part of the certificates, does not say that all others are good
        if (crl.getExtensionValue(Extension.deltaCRLIndicator.getId()) != null || crl.getExtensionValue(Extension.issuingDistributionPoint.getId()) != null) {
            throw untold(new GeneralSecurityException("It is no full list"));
        }
        checkTime(crl.getThisUpdate(), crl.getNextUpdate());
    }

    private void checkTime(Date from, @Nullable Date to) {
        Instant now = clock.instant();
        Instant until = to == null ? from.toInstant().plus(Duration.ofDays(1)) : to.toInstant();
        if (from.toInstant().isAfter(now.plus(CLOCKS_DIFFER)) || until.isBefore(now.minus(CLOCKS_DIFFER))) {
            throw untold(new GeneralSecurityException("It is out of date"));
        }
    }

    private static OutsideRefusal untold(Exception cause) {
        return new OutsideRefusal(OutsideFault.STATUS_UNKNOWN, cause);
    }
}
