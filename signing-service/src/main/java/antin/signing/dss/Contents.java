package antin.signing.dss;

import antin.signing.signature.SignedContent;
import antin.signing.signature.SignedContent.Kind;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.diagnostic.jaxb.XmlDigestMatcher;
import eu.europa.esig.dss.enumerations.DigestMatcherType;
import eu.europa.esig.dss.enumerations.SignatureForm;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What each signature is over, by the names in the library's findings. */
final class Contents {

    private static final Set<DigestMatcherType> REFERENCES = Set.of(DigestMatcherType.REFERENCE, DigestMatcherType.OBJECT, DigestMatcherType.XPOINTER, DigestMatcherType.MANIFEST_ENTRY);
    private static final String OF_CONTAINERS = "META-INF/";

    private Contents() {
    }

    /** @param pdf     null for other documents
     *  @param apart   whether the content lies in files: of a container, or sent beside */
    static List<SignedContent> of(SignatureWrapper signature, @Nullable PdfVerdicts pdf, boolean apart) {
        if (pdf != null) {
            return pdf.revision(signature).map(SignedContent::of).stream().toList();
        }
        if (signature.isCounterSignature() && signature.getParent() != null) {
            return List.of(new SignedContent(Kind.SIGNATURE, signature.getParent().getId(), null));
        }
        if (signature.getSignatureFormat().getSignatureForm() == SignatureForm.XAdES) {
            return signature.getDigestMatchers().stream().filter(one -> REFERENCES.contains(one.getType())).map(XmlDigestMatcher::getUri).filter(Objects::nonNull)
                .map(StrictContainer::decoded).map(SignedContent::ofReference).distinct().toList();
        }
        if (!apart) {
            return List.of(SignedContent.document());
        }
        return signature.getSignatureScopes().stream().map(scope -> Optional.ofNullable(scope.getName())).flatMap(Optional::stream).filter(name -> !name.startsWith(OF_CONTAINERS))
            .map(name -> new SignedContent(Kind.FILE, name, null)).distinct().toList();
    }
}
