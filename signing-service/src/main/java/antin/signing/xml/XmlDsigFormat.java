package antin.signing.xml;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.WorkFolder;
import antin.signing.signature.Document;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.SignedDocument;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.apache.xml.security.Init;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.signature.ObjectContainer;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.transforms.Transforms;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * W3C XML Signature 1.1 and no more: for schemas that have a place for {@code ds:Signature} and none for XAdES. Level B alone, since it has
 * nowhere to keep time stamps and status.
 */
public final class XmlDsigFormat implements SignatureFormat {

    static {
        Init.init();
    }

    private static final int ID_OCTETS = 12;
    private final WorkFolder folder;

    public XmlDsigFormat(WorkFolder folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "XMLDSig";
    }

    @Override
    public List<Packaging> packagings() {
        return List.of(Packaging.ENVELOPED, Packaging.ENVELOPING);
    }

    @Override
    public String mediaType(Packaging packaging) {
        return "application/xml";
    }

    @Override
    public PreparedSignature prepare(SignatureRequest request) {
        if (request.level() != SignatureLevel.B) {
            throw new Problem(Kind.MALFORMED_REQUEST, "XMLDSig has level B alone. XAdES has the others.");
        }
        if (request.document().isDigestOnly()) {
            throw new Problem(Kind.MALFORMED_REQUEST, "XMLDSig needs the document. Over a digest sign with CAdES, XAdES or JAdES, detached.");
        }
        String element = request.particulars().element();
        if (element != null && request.packaging() == Packaging.ENVELOPING) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The option \"element\" is for the packaging enveloped.");
        }
        try {
            org.w3c.dom.Document tree = XmlTree.read(request.document());
            XMLSignature signature = request.packaging() == Packaging.ENVELOPED ? enveloped(request, tree, element) : enveloping(request, tree);
            request.chain().forEach(certificate -> add(signature, certificate));
            signature.getSignedInfo().generateDigestValues();
            return new WaitingXml(request, tree, signature, folder);
        } catch (XMLSecurityException e) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The XML document cannot be signed.", e);
        }
    }

    @Override
    public SignedDocument extend(Document document, List<Document> originals, SignatureLevel level) {
        throw new Problem(Kind.MALFORMED_DOCUMENT, "XMLDSig cannot be carried to a higher level.");
    }

    /** The signature is the root's last child. */
    private static XMLSignature enveloped(SignatureRequest request, org.w3c.dom.Document tree, @Nullable String id) throws XMLSecurityException {
        Element root = tree.getDocumentElement();
        Element signed = id == null ? root : named(tree, id);
        checkEarlier(tree, root);
        XMLSignature signature = signature(request, tree);
        root.appendChild(signature.getElement());
        Transforms transforms = new Transforms(tree);
        if (signed == root) {
            transforms.addTransform(Transforms.TRANSFORM_ENVELOPED_SIGNATURE);
        }
        transforms.addTransform(Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS);
        signature.addDocument(id == null ? "" : "#" + id, transforms, XmlAlgorithms.digest(request.algorithm()));
        return signature;
    }

    /** The document's root goes into an object of the signature. */
    private static XMLSignature enveloping(SignatureRequest request, org.w3c.dom.Document tree) throws XMLSecurityException {
        Element root = tree.getDocumentElement();
        XMLSignature signature = signature(request, tree);
        while (tree.getFirstChild() != null) {
            tree.removeChild(tree.getFirstChild());
        }
        tree.appendChild(signature.getElement());
        ObjectContainer object = new ObjectContainer(tree);
        String id = "object-" + signature.getId();
        object.setId(id);
        object.appendChild(root);
        signature.appendObject(object);
        Transforms transforms = new Transforms(tree);
        transforms.addTransform(Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS);
        signature.addDocument("#" + id, transforms, XmlAlgorithms.digest(request.algorithm()));
        return signature;
    }

    private static XMLSignature signature(SignatureRequest request, org.w3c.dom.Document tree) throws XMLSecurityException {
        XMLSignature signature = new XMLSignature(tree, "", XmlAlgorithms.uri(request.algorithm()), Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS);
        signature.setId(newId(request, XmlTree.signatures(tree).size()));
        return signature;
    }

    private static Element named(org.w3c.dom.Document tree, String id) {
        List<Element> found = XmlTree.withId(tree, id);
        if (found.size() != 1 || !id.matches("[\\p{L}_][\\p{L}\\p{N}_.-]*")) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The document has no element with this Id, or more than one.");
        }
        XmlTree.markId(found.getFirst(), id);
        return found.getFirst();
    }

    /** One more signature in the root changes what an earlier one over the root or the whole document is over. */
    private static void checkEarlier(org.w3c.dom.Document tree, Element root) {
        for (Element signature : XmlTree.signatures(tree)) {
            for (String uri : XmlReferences.uris(signature)) {
                if (!uri.startsWith("#") || XmlTree.withId(tree, uri.substring(1)).contains(root)) {
                    throw new Problem(Kind.SIGNATURE_FORBIDDEN, "The document has a signature over the whole of it, which another inside it would break. Sign elements by their Id, or enveloping.");
                }
            }
        }
    }

    private static void add(XMLSignature signature, java.security.cert.X509Certificate certificate) {
        try {
            signature.addKeyInfo(certificate);
        } catch (XMLSecurityException e) {
            throw new IllegalStateException("It was read from its encoding", e);
        }
    }

    /** Equal requests give equal Ids. */
    private static String newId(SignatureRequest request, int earlier) {
        MessageDigest digest = antin.signing.Digests.newSha256();
        digest.update((request.certificate().getSerialNumber() + " " + request.time() + " " + earlier + " " + request.document().sha256()).getBytes(StandardCharsets.UTF_8));
        return "xmldsig-" + HexFormat.of().formatHex(digest.digest(), 0, ID_OCTETS);
    }
}
