package antin.signing.dss;

import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.ToBeSigned;
import eu.europa.esig.dss.pades.PAdESSignatureParameters;
import eu.europa.esig.dss.pades.signature.PAdESService;
import eu.europa.esig.dss.signature.AbstractSignatureParameters;
import eu.europa.esig.dss.spi.validation.CertificateVerifier;

/** DSS's way to PAdES, with a shorter one at level B, where its CMS is the same for every document but for a few octets. */
final class PadesService extends PAdESService {

    private static final long serialVersionUID = 1;

    PadesService(CertificateVerifier verifier) {
        super(verifier);
    }

    @Override
    public ToBeSigned getDataToSign(DSSDocument document, PAdESSignatureParameters parameters) {
        return parameters.getSignatureLevel() == SignatureLevel.PAdES_BASELINE_B ? new ToBeSigned(cms(document, parameters).toBeSigned()) : super.getDataToSign(document, parameters);
    }

    @Override
    protected byte[] generateCMSSignedData(DSSDocument document, PAdESSignatureParameters parameters, SignatureValue value) {
        return parameters.getSignatureLevel() == SignatureLevel.PAdES_BASELINE_B ? cms(document, parameters).signed(value.getValue()) : super.generateCMSSignedData(document, parameters, value);
    }

    private PadesCms cms(DSSDocument document, PAdESSignatureParameters parameters) {
        return new PadesCms(parameters, certificateVerifier.getTrustedCertSources(), computeDocumentDigest(document, parameters).getValue());
    }

    /** {@link CheckCertificate} looked at it, its chain and its status before there was anything to sign. */
    @Override
    protected void assertSigningCertificateValid(AbstractSignatureParameters<?> parameters) {
        // nothing more to find
    }
}
