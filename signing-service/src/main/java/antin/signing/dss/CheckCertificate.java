package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.LastUsed;
import antin.signing.signature.CertificateCheck;
import eu.europa.esig.dss.enumerations.CertificateStatus;
import eu.europa.esig.dss.model.DSSException;
import eu.europa.esig.dss.spi.x509.revocation.crl.CRLToken;
import eu.europa.esig.dss.spi.x509.revocation.ocsp.OCSPToken;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/** The checks before a key is used, one fact each; the last asks the issuer. */
public final class CheckCertificate implements CertificateCheck {

    private static final Duration OLDEST_ANSWER = Duration.ofMinutes(5); // as far as clocks may differ
    private static final int MOST_UNITS = 1_000;
    private static final int DIGITAL_SIGNATURE = 0; // RFC 5280, 4.2.1.3
    private static final int NON_REPUDIATION = 1;
    private static final String MAIL = "1.3.6.1.5.5.7.3.4"; // RFC 5280, 4.2.1.12
    private static final String DOCUMENTS = "1.3.6.1.5.5.7.3.36"; // RFC 9336

    private final Trust trust;
    private final Clock clock;
    private final KnownPaths paths = new KnownPaths();
    /** Answers whose signature was found to speak for an issuer: one is used for a second, by many. */
    private final Map<OCSPToken, X509Certificate> good = Collections.synchronizedMap(new WeakHashMap<>());

    /** Who answers for which issuer, as far as its signature was verified. */
    private final Map<X509CertificateHolder, X509Certificate> units = Collections.synchronizedMap(new LastUsed<>(MOST_UNITS));

    public CheckCertificate(Trust trust, Clock clock) {
        this.trust = trust;
        this.clock = clock;
    }

    @Override
    public void check(List<X509Certificate> chain) {
        isForSignatures(chain.getFirst());
        root(chain);
        checkStatus(chain);
    }

    @Override
    public void checkForMail(List<X509Certificate> chain) {
        isForMail(chain.getFirst());
        root(chain);
        checkStatus(chain);
    }

    /** Of a time-stamping authority's, whose purpose its token's signature was verified for. */
    void checkAuthority(List<X509Certificate> chain) {
        root(chain);
        checkStatus(chain);
    }

    /** The last of the checks alone. */
    void checkStatus(List<X509Certificate> chain) {
        isNotRevoked(chain.getFirst(), chain.size() > 1 ? chain.get(1) : chain.getFirst());
    }

    @Override
    public boolean isOfCity(List<X509Certificate> chain) {
        return trust.city().contains(root(chain));
    }

    /** A key that logs in, or signs mail, signs no documents: what it is asked to sign is never somebody's decree. */
    private static void isForSignatures(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        boolean forDocuments = usage != null && (usage[NON_REPUDIATION] || usage[DIGITAL_SIGNATURE] && purposes(certificate).contains(DOCUMENTS));
        if (certificate.getBasicConstraints() >= 0 || !forDocuments) {
            throw unusable("The signer's certificate is not one for signatures on documents.", null);
        }
    }

    /** RFC 8550, 4.4.2 and 4.4.4. */
    private static void isForMail(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        boolean signs = usage == null || usage[DIGITAL_SIGNATURE] || usage[NON_REPUDIATION];
        List<String> purposes = purposes(certificate);
        if (certificate.getBasicConstraints() >= 0 || !signs || !purposes.isEmpty() && !purposes.contains(MAIL)) {
            throw unusable("The signer's certificate is not one for mail.", null);
        }
    }

    private static List<String> purposes(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null ? List.of() : purposes;
        } catch (CertificateParsingException e) {
            throw unusable("The signer's certificate is broken.", e);
        }
    }

    /** The root that the chain leads to, whatever else is sent beside it. RFC 5280, 6: every certificate in time, every signature right. */
    private X509Certificate root(List<X509Certificate> chain) {
        try {
            return paths.root(chain, Set.copyOf(trust.roots()), clock.instant());
        } catch (GeneralSecurityException e) {
            throw unusable("The signer's certificate is out of time or leads to no trusted root.", e);
        }
    }

    private void isNotRevoked(X509Certificate certificate, X509Certificate issuer) {
        try {
            OCSPToken token = trust.answers().getRevocationToken(trust.certificates().token(certificate), trust.certificates().token(issuer));
            if (token != null) {
                if (!isByTheIssuer(token, issuer) || token.getThisUpdate().toInstant().isBefore(clock.instant().minus(OLDEST_ANSWER))) {
                    throw away(null);
                }
                isGood(token.getStatus());
            } else {
                isOnNoList(certificate, issuer);
            }
        } catch (DSSException e) {
            throw away(e);
        }
    }

    /** For issuers without OCSP: by their CRL (RFC 5280, 5) of now, whose signature DSS has checked with the issuer's key. */
    private void isOnNoList(X509Certificate certificate, X509Certificate issuer) {
        CRLToken list = trust.crls().getRevocationToken(trust.certificates().token(certificate), trust.certificates().token(issuer));
        if (list == null || !list.isValid() || list.getNextUpdate() == null || !list.getNextUpdate().toInstant().isAfter(clock.instant())) {
            throw away(null);
        }
        isGood(list.getStatus());
    }

    private static void isGood(CertificateStatus status) {
        if (status != CertificateStatus.GOOD) {
            throw unusable(status == CertificateStatus.REVOKED ? "The signer's certificate is revoked." : "The issuer does not know the signer's certificate.", null);
        }
    }

    private boolean isByTheIssuer(OCSPToken token, X509Certificate issuer) {
        if (issuer.equals(good.get(token))) {
            return true;
        }
        boolean by = Guard.answer(() -> speaksForTheIssuer(token.getBasicOCSPResp(), issuer));
        if (by) {
            good.put(token, issuer);
        }
        return by;
    }

    /** RFC 6960, 4.2.2.2: signed by the issuer, or by whom the issuer itself certified for it. */
    private boolean speaksForTheIssuer(BasicOCSPResp answer, X509Certificate issuer) {
        try {
            JcaContentVerifierProviderBuilder verifiers = new JcaContentVerifierProviderBuilder();
            X509CertificateHolder issuing = new X509CertificateHolder(issuer.getEncoded());
            for (X509CertificateHolder unit : answer.getCerts()) {
                if (unit.isValidOn(Date.from(clock.instant())) && isCertifiedForOcsp(unit, issuing, issuer) && answer.isSignatureValid(verifiers.build(unit))) {
                    return true;
                }
            }
            return answer.isSignatureValid(verifiers.build(issuer));
        } catch (GeneralSecurityException | OCSPException | OperatorCreationException | java.io.IOException | org.bouncycastle.cert.CertException e) {
            return false;
        }
    }

    private boolean isCertifiedForOcsp(X509CertificateHolder unit, X509CertificateHolder issuing, X509Certificate issuer) throws OperatorCreationException, org.bouncycastle.cert.CertException {
        if (issuer.equals(units.get(unit))) {
            return true;
        }
        boolean certified = unit.getIssuer().equals(issuing.getSubject()) && unit.getExtensions() != null && forOcsp(unit) && unit.isSignatureValid(new JcaContentVerifierProviderBuilder().build(issuer));
        if (certified) {
            units.put(unit, issuer);
        }
        return certified;
    }

    private static boolean forOcsp(X509CertificateHolder unit) {
        var purposes = org.bouncycastle.asn1.x509.ExtendedKeyUsage.fromExtensions(unit.getExtensions());
        return purposes != null && purposes.hasKeyPurposeId(KeyPurposeId.id_kp_OCSPSigning);
    }

    private static Problem unusable(String detail, @org.jspecify.annotations.Nullable Throwable cause) {
        return new Problem(Kind.CERTIFICATE_UNUSABLE, detail, cause);
    }

    private static Problem away(@org.jspecify.annotations.Nullable Throwable cause) {
        return new Problem(Kind.PEER_UNAVAILABLE, "The status of the signer's certificate is not to be had now.", cause);
    }
}
