package antin.signing.dss;

import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.ToBeSigned;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.PAdESSignatureParameters;
import eu.europa.esig.dss.pades.PAdESTimestampParameters;
import eu.europa.esig.dss.pades.signature.PAdESService;
import eu.europa.esig.dss.pades.validation.PdfValidationDataContainer;
import eu.europa.esig.dss.pdf.PDFSignatureService;
import eu.europa.esig.dss.signature.AbstractSignatureParameters;
import eu.europa.esig.dss.spi.DSSUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;

/** DSS's way to PAdES, with a shorter one for what is usual: a document in memory that has no validation data yet. DSS reads the whole document again for each step. */
final class PadesService extends PAdESService {

    private static final long serialVersionUID = 1;

    private final transient Pipeline pipeline;
    private final transient PdfObjects objects;

    PadesService(Pipeline pipeline, PdfObjects objects) {
        super(pipeline.trust().verifier());
        this.pipeline = pipeline;
        this.objects = objects;
        setPdfObjFactory(objects);
    }

    @Override
    public ToBeSigned getDataToSign(DSSDocument document, PAdESSignatureParameters parameters) {
        return new ToBeSigned(cms(document, parameters).toBeSigned());
    }

    @Override
    public DSSDocument signDocument(DSSDocument document, PAdESSignatureParameters parameters, SignatureValue value) {
        SignatureLevel level = parameters.getSignatureLevel();
        if (level == SignatureLevel.PAdES_BASELINE_B || level == SignatureLevel.PAdES_BASELINE_T || !(document instanceof InMemoryDocument memory) || objects.isEncrypted() || hasStore(memory)) {
            return super.signDocument(document, parameters, value);
        }
        byte[] stamp = stamp(parameters, value);
        Optional<PdfValidationDataContainer> data = new LongTermData(pipeline.trust(), pipeline.certificates())
            .of(parameters.getCertificateChain().stream().map(CertificateToken::getCertificate).toList(), stamp);
        if (data.isEmpty()) {
            return super.signDocument(document, parameters, value);
        }
        DSSDocument signed = getPAdESSignatureService().sign(document, cms(document, parameters).signed(value.getValue(), stamp), parameters);
        DSSDocument lasting = getPAdESSignatureService().addDssDictionary(signed, data.get(), null, false);
        return level == SignatureLevel.PAdES_BASELINE_LTA ? stamped(lasting, parameters.getArchiveTimestampParameters()) : lasting;
    }

    @Override
    protected byte[] generateCMSSignedData(DSSDocument document, PAdESSignatureParameters parameters, SignatureValue value) {
        byte[] stamp = parameters.getSignatureLevel() == SignatureLevel.PAdES_BASELINE_B ? null : stamp(parameters, value);
        return cms(document, parameters).signed(value.getValue(), stamp);
    }

    private PadesCms cms(DSSDocument document, PAdESSignatureParameters parameters) {
        return new PadesCms(parameters.getSignatureAlgorithm(), parameters.getCertificateChain(), pipeline.trust()::isAnchor, computeDocumentDigest(document, parameters).getValue());
    }

    private byte[] stamp(PAdESSignatureParameters parameters, SignatureValue value) {
        DigestAlgorithm digest = parameters.getSignatureTimestampParameters().getDigestAlgorithm();
        return tspSource.getTimeStampResponse(digest, DSSUtils.digest(digest, value.getValue())).getBytes();
    }

    /** A document time stamp over all (EN 319 142-1, 5.4.3). */
    private DSSDocument stamped(DSSDocument document, PAdESTimestampParameters parameters) {
        PDFSignatureService service = objects.newArchiveTimestampService();
        byte[] digest = service.messageDigest(document, parameters).getValue();
        return service.sign(document, tspSource.getTimeStampResponse(parameters.getDigestAlgorithm(), digest).getBytes(), parameters);
    }

    private static boolean hasStore(InMemoryDocument document) {
        try (PDDocument pdf = Loader.loadPDF(document.getBytes())) {
            return pdf.getDocumentCatalog().getCOSObject().containsKey(SecurityStore.NAME);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@link CheckCertificate} looked at it, its chain and its status before there was anything to sign. */
    @Override
    protected void assertSigningCertificateValid(@Nullable AbstractSignatureParameters<?> parameters) {
        // nothing more to find
    }
}
