package antin.ca.status;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/** Reads time stamps as somebody who trusts a few roots and nobody else. Immutable. */
public final class TimeStampCheck {

    private static final int LARGEST = 64 * 1024;

    private final Set<TrustAnchor> anchors;

    public TimeStampCheck(List<X509Certificate> roots) {
        this.anchors = roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet());
    }

    /**
     * The time of the stamp; empty unless all holds: {@code untrustedResponse} is a granted TimeStampResp in DER, its imprint is
     * {@code sha256}, it is signed by a certificate that it holds, that is for time stamps only, and that leads to a root, all of
     * them valid at that time. Revocation is not looked at: the log that is checked may be older than what any responder keeps.
     */
    public Optional<Instant> time(byte[] sha256, byte[] untrustedResponse) {
        try {
            if (untrustedResponse.length > LARGEST || !StrictDer.isSound(untrustedResponse)) {
                return Optional.empty();
            }
            TimeStampResponse response = new TimeStampResponse(untrustedResponse);
            TimeStampToken token = response.getTimeStampToken();
            if (response.getStatus() != PKIStatus.GRANTED || token == null
                || !token.getTimeStampInfo().getMessageImprintAlgOID().equals(TSPAlgorithms.SHA256)
                || !MessageDigest.isEqual(token.getTimeStampInfo().getMessageImprintDigest(), sha256)) {
                return Optional.empty();
            }
            List<X509Certificate> held = certificates(token);
            X509Certificate signer = signer(token, held);
            // step by step: value and ESSCertID and purpose first, then who says so
            token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
            leadToARoot(signer, held, token.getTimeStampInfo().getGenTime());
            return Optional.of(token.getTimeStampInfo().getGenTime().toInstant());
        } catch (TSPException | IOException | OperatorCreationException | GeneralSecurityException | RuntimeException e) {
            return Optional.empty(); // whatever is wrong with it, it proves nothing
        }
    }

    private void leadToARoot(X509Certificate signer, List<X509Certificate> held, Date time) throws GeneralSecurityException {
        X509CertSelector leaf = new X509CertSelector();
        leaf.setCertificate(signer);
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, leaf);
        parameters.setRevocationEnabled(false);
        parameters.setDate(time);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(held)));
        CertPathBuilder.getInstance("PKIX").build(parameters);
    }

    private static X509Certificate signer(TimeStampToken token, List<X509Certificate> held) throws GeneralSecurityException {
        Collection<X509CertificateHolder> signers = token.getCertificates().getMatches(token.getSID());
        return held.stream().filter(certificate -> signers.contains(DelegatedKey.holder(certificate))).findFirst()
            .orElseThrow(() -> new GeneralSecurityException("The signer's certificate is missing"));
    }

    private static List<X509Certificate> certificates(TimeStampToken token) throws GeneralSecurityException {
        List<X509Certificate> held = new ArrayList<>();
        for (X509CertificateHolder holder : token.getCertificates().getMatches(null)) {
            held.add(new JcaX509CertificateConverter().getCertificate(holder));
        }
        return held;
    }
}
