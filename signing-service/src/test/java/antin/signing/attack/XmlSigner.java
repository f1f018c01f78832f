package antin.signing.attack;

import antin.signing.TestKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.xml.crypto.OctetStreamData;
import javax.xml.crypto.dom.DOMStructure;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLObject;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.crypto.dsig.spec.XPathFilter2ParameterSpec;
import javax.xml.crypto.dsig.spec.XPathFilterParameterSpec;
import javax.xml.crypto.dsig.spec.XPathType;
import javax.xml.crypto.dsig.spec.XSLTTransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Signs XML by the JDK: whatever references and transforms somebody with a good key may think of, as XMLDSig or as XAdES. */
public final class XmlSigner {

    static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    static final String ECDSA = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
    public static final String EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
    private static final String XADES = "http://uri.etsi.org/01903/v1.3.2#";
    private static final String PROPERTIES = "http://uri.etsi.org/01903#SignedProperties";
    private static final XMLSignatureFactory FACTORY = XMLSignatureFactory.getInstance("DOM");

    private final TestKey key;
    private final List<Reference> references = new ArrayList<>();
    private String method = ECDSA;
    private Key secret;
    private boolean properties = true;

    public XmlSigner(TestKey key) {
        this.key = key;
        this.secret = key.key();
    }

    /** Over what {@code uri} names, after these transforms. */
    XmlSigner over(String uri, String digest, Transform... transforms) throws Exception {
        references.add(FACTORY.newReference(uri, FACTORY.newDigestMethod(digest, null), List.of(transforms), null, null));
        return this;
    }

    public XmlSigner over(String uri, Transform... transforms) throws Exception {
        return over(uri, SHA256, transforms);
    }

    XmlSigner by(String signatureMethod, Key other) {
        method = signatureMethod;
        secret = other;
        return this;
    }

    /** As XMLDSig, without anything of XAdES. */
    public XmlSigner plain() {
        properties = false;
        return this;
    }

    public static Transform enveloped() throws Exception {
        return FACTORY.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null);
    }

    public static Transform canonical(String algorithm) throws Exception {
        return FACTORY.newTransform(algorithm, (TransformParameterSpec) null);
    }

    static Transform xpath(String expression) throws Exception {
        return FACTORY.newTransform(Transform.XPATH, new XPathFilterParameterSpec(expression));
    }

    static Transform subtract(String expression) throws Exception {
        return FACTORY.newTransform(Transform.XPATH2, new XPathFilter2ParameterSpec(List.of(new XPathType(expression, XPathType.Filter.SUBTRACT))));
    }

    static Transform xslt(String sheet) throws Exception {
        return FACTORY.newTransform(Transform.XSLT, new XSLTTransformParameterSpec(new DOMStructure(read(sheet).getDocumentElement())));
    }

    /** The document with the signature as the last child of its root. */
    public byte[] sign(String xml) throws Exception {
        Document tree = read(xml);
        var nodes = tree.getElementsByTagName("*");
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element && element.hasAttribute("Id")) {
                element.setIdAttribute("Id", true);
            }
        }
        List<XMLObject> objects = new ArrayList<>();
        List<Reference> all = new ArrayList<>(references);
        if (properties) {
            Element made = properties(tree);
            objects.add(FACTORY.newXMLObject(List.of(new DOMStructure(made)), null, null, null));
            all.add(FACTORY.newReference("#props", FACTORY.newDigestMethod(SHA256, null), List.of(canonical(EXCLUSIVE)), PROPERTIES, null));
        }
        KeyInfoFactory infos = FACTORY.getKeyInfoFactory();
        KeyInfo info = infos.newKeyInfo(List.of(infos.newX509Data(key.chain())));
        DOMSignContext context = new DOMSignContext(secret, tree.getDocumentElement());
        context.setProperty("org.jcp.xml.dsig.secureValidation", Boolean.FALSE);
        context.setDefaultNamespacePrefix("ds");
        var usual = FACTORY.getURIDereferencer();
        context.setURIDereferencer((reference, around) -> reference.getURI().isEmpty() || reference.getURI().startsWith("#") ? usual.dereference(reference, around)
            : new OctetStreamData(new ByteArrayInputStream("far away".getBytes(StandardCharsets.UTF_8)))); // signs as if it had asked there
        FACTORY.newXMLSignature(FACTORY.newSignedInfo(FACTORY.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
            FACTORY.newSignatureMethod(method, null), all), info, objects, "sig", null).sign(context);
        return write(tree);
    }

    private Element properties(Document tree) throws Exception {
        X509Certificate certificate = key.chain().getFirst();
        String digest = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        Document made = read("<x:QualifyingProperties xmlns:x='" + XADES + "' xmlns:ds='http://www.w3.org/2000/09/xmldsig#' Target='#sig'><x:SignedProperties Id='props'><x:SignedSignatureProperties>"
            + "<x:SigningTime>" + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "</x:SigningTime><x:SigningCertificateV2><x:Cert><x:CertDigest><ds:DigestMethod Algorithm='" + SHA256
            + "'/><ds:DigestValue>" + digest + "</ds:DigestValue></x:CertDigest></x:Cert></x:SigningCertificateV2></x:SignedSignatureProperties></x:SignedProperties></x:QualifyingProperties>");
        Element element = (Element) tree.importNode(made.getDocumentElement(), true);
        ((Element) element.getFirstChild()).setIdAttribute("Id", true);
        return element;
    }

    static Document read(String xml) throws Exception {
        return DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    static byte[] write(Document tree) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TransformerFactory.newDefaultInstance().newTransformer().transform(new DOMSource(tree), new StreamResult(out));
        return out.toByteArray();
    }
}
