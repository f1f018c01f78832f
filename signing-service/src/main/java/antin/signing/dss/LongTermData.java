package antin.signing.dss;

import eu.europa.esig.dss.enumerations.TimestampType;
import eu.europa.esig.dss.model.DSSException;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.spi.x509.revocation.RevocationToken;
import eu.europa.esig.dss.pades.validation.PdfValidationDataContainer;
import eu.europa.esig.dss.spi.validation.ValidationData;
import eu.europa.esig.dss.spi.x509.tsp.TimestampToken;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;

/** Certificates and answers about them that a signature of level LT needs (ETSI EN 319 142-1, 5.4.2): of the signer's chain, of the time-stamping authority's, and of who answered. */
final class LongTermData {

    private final Trust trust;
    private final CheckCertificate certificates;

    LongTermData(Trust trust, CheckCertificate certificates) {
        this.trust = trust;
        this.certificates = certificates;
    }

    /**
     * All of it as DSS writes it into a PDF.
     *
     * @param signer the signer's certificate first
     * @param stamp  the signature time stamp, DER of a CMS
     * @return empty where a certificate or an answer is not to be had the short way
     */
    Optional<PdfValidationDataContainer> of(List<X509Certificate> signer, byte[] stamp) {
        try {
            Collection<X509Certificate> roots = trust.roots();
            Optional<List<X509Certificate>> authority = StampAuthority.chain(new TimeStampToken(new CMSSignedData(stamp)), signer, roots);
            ValidationData data = new ValidationData();
            if (authority.isEmpty() || !add(data, signer, roots) || !add(data, authority.get(), roots)) {
                return Optional.empty();
            }
            certificates.checkAuthority(authority.get());
            PdfValidationDataContainer container = new PdfValidationDataContainer(List.of());
            container.addValidationData(new TimestampToken(stamp, TimestampType.SIGNATURE_TIMESTAMP), data);
            return Optional.of(container);
        } catch (IOException | GeneralSecurityException | TSPException | CMSException e) {
            throw new DSSException("The time stamp cannot be read", e);
        }
    }

    private boolean add(ValidationData data, List<X509Certificate> chain, Collection<X509Certificate> roots) {
        for (int i = 0; i < chain.size(); i++) {
            CertificateToken token = trust.certificates().token(chain.get(i));
            data.addToken(token);
            if (roots.contains(chain.get(i))) {
                return true;
            }
            if (i + 1 == chain.size() || !addStatus(data, token, trust.certificates().token(chain.get(i + 1)))) {
                return false;
            }
        }
        return false;
    }

    private boolean addStatus(ValidationData data, CertificateToken certificate, CertificateToken issuer) {
        RevocationToken<?> status = trust.answers().getRevocationToken(certificate, issuer);
        if (status == null) {
            status = trust.crls().getRevocationToken(certificate, issuer);
        }
        if (status == null) {
            return false;
        }
        data.addToken(status);
        CertificateToken unit = status.getIssuerCertificateToken();
        if (unit == null || unit.equals(issuer)) {
            return unit != null;
        }
        data.addToken(unit);
        return unit.getCertificate().getNonCriticalExtensionOIDs().contains(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck.getId());
    }
}
