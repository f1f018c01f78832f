package antin.signing.xml;

import antin.signing.signature.Objection;
import antin.signing.signature.SignedContent;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.Coverage;
import antin.signing.signature.ValidationReport.SignatureReport;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * XML signatures with a transform that computes what is signed, such as XPath and XSLT: told before anything of it is computed (XML Signature Best
 * Practices, W3C, 2013, 2.1: it can take all memory and time, and read files). One such signature speaks for all that come with it.
 */
public final class ComputedContent {

    /** ETSI EN 319 132-1, 5.2.9: says how the hash of a policy is made, and computes nothing. */
    private static final String POLICY_HASH = "http://uri.etsi.org/01903/v1.3.2/SignaturePolicy/SPDocDigestAsInSpecification";

    private final List<org.w3c.dom.Document> trees = new ArrayList<>();

    /** @param checked by {@link UntrustedXml} */
    public void read(InputStream checked) {
        trees.add(XmlTree.parse(checked));
    }

    /** On all signatures that were read; empty where nothing is computed. */
    public Optional<ValidationReport> report() {
        boolean computed = trees.stream().flatMap(tree -> XmlTree.signatures(tree).stream()).flatMap(ComputedContent::transforms).anyMatch(ComputedContent::computes);
        return computed ? Optional.of(new ValidationReport(trees.stream().flatMap(ComputedContent::reports).toList())) : Optional.empty();
    }

    private static Stream<Element> transforms(Element signature) {
        return XmlTree.elements(signature.getElementsByTagNameNS(XmlTree.SIGNATURES, "Transform")).stream();
    }

    private static boolean computes(Element transform) {
        return !Transformed.isKnown(transform) && !transform.getAttribute("Algorithm").equals(POLICY_HASH);
    }

    private static Stream<SignatureReport> reports(org.w3c.dom.Document tree) {
        Map<String, Set<Objection>> objections = StrictXml.objections(tree);
        return XmlTree.signatures(tree).stream().map(signature -> {
            Set<Objection> own = EnumSet.of(Objection.HIDING_TRANSFORM);
            own.addAll(objections.getOrDefault(signature.getAttribute("Id"), Set.of()));
            return unread(signature).but(own);
        });
    }

    private static SignatureReport unread(Element signature) {
        List<X509Certificate> chain = ReadSignature.of(signature).chain();
        String format = signature.getElementsByTagNameNS("*", "QualifyingProperties").getLength() > 0 ? "XAdES" : "XMLDSig";
        return new SignatureReport(XmlDsigValidation.id(signature), Conclusion.INDETERMINATE, "INDETERMINATE", null, format, chain.isEmpty() ? null : XmlDsigValidation.signer(chain.getFirst(), null),
            null, null, null, Coverage.PART, XmlReferences.uris(signature).stream().map(SignedContent::ofReference).toList(), List.of());
    }
}
