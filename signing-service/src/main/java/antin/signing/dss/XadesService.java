package antin.signing.dss;

import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import antin.signing.xml.EnvelopedXades;
import antin.signing.xml.FinishedXades;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.ToBeSigned;
import eu.europa.esig.dss.signature.AbstractSignatureParameters;
import eu.europa.esig.dss.xades.XAdESSignatureParameters;
import eu.europa.esig.dss.xades.signature.XAdESService;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** DSS's way to XAdES, with a shorter one for what is usual: level B inside an XML document that nobody signed yet. */
final class XadesService extends XAdESService {

    private static final long serialVersionUID = 1;

    private final transient SignatureRequest request;
    private transient @Nullable Optional<EnvelopedXades> simple;

    XadesService(Trust trust, SignatureRequest request) {
        super(trust.verifier());
        this.request = request;
    }

    @Override
    public ToBeSigned getDataToSign(DSSDocument document, XAdESSignatureParameters parameters) {
        Optional<EnvelopedXades> own = simple(document);
        return own.isPresent() ? new ToBeSigned(own.get().toBeSigned()) : super.getDataToSign(document, parameters);
    }

    @Override
    public DSSDocument signDocument(DSSDocument document, XAdESSignatureParameters parameters, SignatureValue value) {
        Optional<EnvelopedXades> own = simple(document);
        return own.isPresent() ? new InMemoryDocument(own.get().signed(value.getValue())) : super.signDocument(document, parameters, value);
    }

    private Optional<EnvelopedXades> simple(DSSDocument document) {
        Optional<EnvelopedXades> known = simple;
        if (known == null) {
            known = request.level() == SignatureLevel.B && request.packaging() == Packaging.ENVELOPED && document instanceof InMemoryDocument memory ? EnvelopedXades.of(request, memory.getBytes()) : Optional.empty();
            simple = known;
        }
        return known;
    }

    static boolean isCertain(Made made) {
        return made.isStrong() && made.request().level() == SignatureLevel.B && made.request().packaging() == Packaging.ENVELOPED
            && made.sent() instanceof InMemoryDocument sent && made.finished() instanceof InMemoryDocument finished
            && FinishedXades.isCertain(made.request(), sent.getBytes(), finished.getBytes(), made.toBeSigned(), made.value());
    }

    /** {@link CheckCertificate} looked at it, its chain and its status before there was anything to sign. */
    @Override
    protected void assertSigningCertificateValid(@Nullable AbstractSignatureParameters<?> parameters) {
        // nothing more to find
    }
}
