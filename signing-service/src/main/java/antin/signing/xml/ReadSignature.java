package antin.signing.xml;

import antin.signing.signature.ValidationReport.Coverage;
import antin.signing.signature.WeakKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.xml.security.Init;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.keys.KeyInfo;
import org.apache.xml.security.keys.content.X509Data;
import org.apache.xml.security.signature.Reference;
import org.apache.xml.security.signature.SignedInfo;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.transforms.Transforms;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;

/**
 * An XML signature as it was read, strictly: known algorithms and transforms, references inside the document alone, each Id there once.
 *
 * @param chain   the signer's certificate first; empty where it has none
 * @param over    the URI of each reference
 * @param failure of ETSI EN 319 102-1, such as {@code HASH_FAILURE}; null where the value and every digest are right
 */
record ReadSignature(List<X509Certificate> chain, List<String> over, Coverage covers, @Nullable String failure) {

    static {
        Init.init();
    }

    private static final Logger LOG = LoggerFactory.getLogger(ReadSignature.class);
    private static final int MOST_CERTIFICATES = 6;
    private static final int MOST_REFERENCES = 30;
    private static final int SHORTEST_RSA = 2048;

    static ReadSignature of(Element element) {
        List<String> over = XmlReferences.uris(element);
        List<X509Certificate> chain = List.of();
        try {
            XMLSignature signature = new XMLSignature(element, "", true);
            chain = chain(signature.getKeyInfo());
            if (chain.isEmpty()) {
                return new ReadSignature(chain, over, Coverage.PART, "NO_SIGNING_CERTIFICATE_FOUND");
            }
            if (isWeak(signature.getSignedInfo())) {
                return new ReadSignature(chain, over, Coverage.PART, "CRYPTO_CONSTRAINTS_FAILURE_NO_POE");
            }
            if (!isKnown(signature.getSignedInfo(), element, over)) {
                return new ReadSignature(chain, over, Coverage.PART, "FORMAT_FAILURE");
            }
            return new ReadSignature(chain, over, coverage(element, over), failure(signature, chain.getFirst()));
        } catch (XMLSecurityException | RuntimeException e) {
            LOG.info("An XML signature was refused: {}", e.toString());
            return new ReadSignature(chain, over, Coverage.PART, "FORMAT_FAILURE");
        }
    }

    private static @Nullable String failure(XMLSignature signature, X509Certificate certificate) throws XMLSecurityException {
        if (!signature.checkSignatureValue(certificate.getPublicKey())) {
            return signature.getSignedInfo().verifyReferences() ? "SIG_CRYPTO_FAILURE" : "HASH_FAILURE";
        }
        boolean weak = WeakKey.is(certificate.getPublicKey()) || certificate.getPublicKey() instanceof RSAKey key && key.getModulus().bitLength() < SHORTEST_RSA;
        return weak ? "CRYPTO_CONSTRAINTS_FAILURE_NO_POE" : null;
    }

    private static boolean isWeak(SignedInfo info) throws XMLSecurityException {
        boolean weak = XmlAlgorithms.isOver(info.getSignatureMethodURI());
        for (int i = 0; i < info.getLength(); i++) {
            weak |= XmlAlgorithms.isOver(info.item(i).getMessageDigestAlgorithm().getAlgorithmURI());
        }
        return weak;
    }

    /** XML Signature Best Practices (W3C), 2: see what is signed, and nothing that fetches or computes. */
    private static boolean isKnown(SignedInfo info, Element element, List<String> over) throws XMLSecurityException {
        if (XmlAlgorithms.of(info.getSignatureMethodURI()).isEmpty() || !XmlAlgorithms.CANONICAL.contains(info.getCanonicalizationMethodURI())
            || over.isEmpty() || over.size() > MOST_REFERENCES || over.size() != info.getLength()) {
            return false;
        }
        for (int i = 0; i < info.getLength(); i++) {
            Reference reference = info.item(i);
            Transforms transforms = reference.getTransforms();
            for (int j = 0; transforms != null && j < transforms.getLength(); j++) {
                if (!XmlAlgorithms.isTransform(transforms.item(j).getURI())) {
                    return false;
                }
            }
            String uri = over.get(i);
            if (!XmlAlgorithms.DIGESTS.contains(reference.getMessageDigestAlgorithm().getAlgorithmURI()) || !reference.getElement().hasAttribute("URI") || !uri.isEmpty() && !isOne(element, uri)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOne(Element signature, String uri) {
        List<Element> found = uri.startsWith("#") ? XmlTree.withId(signature.getOwnerDocument(), uri.substring(1)) : List.of();
        if (found.size() == 1) {
            XmlTree.markId(found.getFirst(), uri.substring(1));
        }
        return found.size() == 1;
    }

    private static Coverage coverage(Element signature, List<String> over) {
        Element root = signature.getOwnerDocument().getDocumentElement();
        for (String uri : over) {
            Element target = uri.isEmpty() ? root : XmlTree.withId(signature.getOwnerDocument(), uri.substring(1)).getFirst();
            boolean onlyObject = root == signature && target.getParentNode() == signature && signature.getElementsByTagNameNS(XmlTree.SIGNATURES, "Object").getLength() == 1;
            if (target == root || onlyObject) {
                return Coverage.WHOLE;
            }
        }
        return Coverage.PART;
    }

    /** The first certificate and its issuers, as far as they are there. */
    private static List<X509Certificate> chain(@Nullable KeyInfo info) throws XMLSecurityException {
        List<X509Certificate> given = new ArrayList<>();
        for (int i = 0; info != null && i < info.lengthX509Data(); i++) {
            X509Data data = info.itemX509Data(i);
            for (int j = 0; j < data.lengthCertificate() && given.size() < MOST_CERTIFICATES; j++) {
                given.add(data.itemCertificate(j).getX509Certificate());
            }
        }
        List<X509Certificate> chain = new ArrayList<>(given.stream().limit(1).toList());
        while (!chain.isEmpty()) {
            X509Certificate last = chain.getLast();
            X509Certificate issuer = given.stream().filter(one -> !chain.contains(one) && one.getSubjectX500Principal().equals(last.getIssuerX500Principal())).findFirst().orElse(null);
            if (issuer == null) {
                break;
            }
            chain.add(issuer);
        }
        return chain;
    }
}
