package antin.signing.xml;

import antin.kernel.key.SignatureAlgorithm;
import antin.signing.Digests;
import antin.signing.signature.SignatureRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The {@code ds:Signature} of an enveloped XAdES-B (ETSI EN 319 132-1, 6.3), written as text. What is digested stands in it as exclusive canonical XML has it (W3C, Exclusive XML Canonicalization 1.0), so that nothing
 * must be made canonical but the document. Each value in it is a number, a time, hexadecimal or base64: there is nothing to escape.
 */
final class XadesElement {

    private static final String PROPERTIES = "http://uri.etsi.org/01903/v1.3.2#";
    private static final int ID_OCTETS = 16;

    private final SignatureRequest request;
    private final String id;
    private final String properties;
    private final String info;

    /** @param document the digest of the canonical document, by the digest of the request's algorithm */
    XadesElement(SignatureRequest request, byte[] document) {
        this.request = request;
        this.id = id(request, document);
        this.properties = written();
        this.info = info(document);
    }

    static MessageDigest digest(SignatureAlgorithm algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each JDK has it", e);
        }
    }

    /** Canonical {@code ds:SignedInfo}. */
    byte[] toBeSigned() {
        return info.getBytes(StandardCharsets.UTF_8);
    }

    /** Canonical {@code xades:SignedProperties}. */
    byte[] properties() {
        return properties.getBytes(StandardCharsets.UTF_8);
    }

    /** @param value as {@link XmlAlgorithms#value} has it */
    String with(byte[] value) {
        StringBuilder certificates = new StringBuilder();
        for (X509Certificate certificate : request.chain()) {
            certificates.append("<ds:X509Certificate>").append(base64(encoded(certificate))).append("</ds:X509Certificate>");
        }
        return """
            <ds:Signature xmlns:ds="%s" Id="%s">%s<ds:SignatureValue Id="value-%s">%s</ds:SignatureValue><ds:KeyInfo><ds:X509Data>%s</ds:X509Data></ds:KeyInfo>\
            <ds:Object><xades:QualifyingProperties xmlns:xades="%s" Target="#%s">%s</xades:QualifyingProperties></ds:Object></ds:Signature>"""
            .formatted(XmlTree.SIGNATURES, id, info, id, base64(value), certificates, PROPERTIES, id, properties);
    }

    private String written() {
        return """
            <xades:SignedProperties xmlns:xades="%s" Id="properties-%s"><xades:SignedSignatureProperties><xades:SigningTime>%s</xades:SigningTime><xades:SigningCertificateV2><xades:Cert><xades:CertDigest>\
            <ds:DigestMethod xmlns:ds="%s" Algorithm="%s"></ds:DigestMethod><ds:DigestValue xmlns:ds="%s">%s</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2></xades:SignedSignatureProperties>\
            <xades:SignedDataObjectProperties><xades:DataObjectFormat ObjectReference="#document-%s"><xades:MimeType>application/xml</xades:MimeType></xades:DataObjectFormat></xades:SignedDataObjectProperties></xades:SignedProperties>"""
            .formatted(PROPERTIES, id, request.time(), XmlTree.SIGNATURES, XmlAlgorithms.digest(request.algorithm()), XmlTree.SIGNATURES, base64(digested(encoded(request.certificate()))), id);
    }

    /** Leaves out every signature, so that others may sign beside it. */
    private String info(byte[] document) {
        String method = XmlAlgorithms.digest(request.algorithm());
        return """
            <ds:SignedInfo xmlns:ds="%s"><ds:CanonicalizationMethod Algorithm="%s"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="%s"></ds:SignatureMethod>\
            <ds:Reference Id="document-%s" URI=""><ds:Transforms><ds:Transform Algorithm="%s"><filter:XPath xmlns:filter="%s" Filter="subtract">%s</filter:XPath></ds:Transform><ds:Transform Algorithm="%s"></ds:Transform></ds:Transforms>\
            <ds:DigestMethod Algorithm="%s"></ds:DigestMethod><ds:DigestValue>%s</ds:DigestValue></ds:Reference>\
            <ds:Reference Type="http://uri.etsi.org/01903#SignedProperties" URI="#properties-%s"><ds:Transforms><ds:Transform Algorithm="%s"></ds:Transform></ds:Transforms>\
            <ds:DigestMethod Algorithm="%s"></ds:DigestMethod><ds:DigestValue>%s</ds:DigestValue></ds:Reference></ds:SignedInfo>"""
            .formatted(XmlTree.SIGNATURES, Canonical.EXCLUSIVE, XmlAlgorithms.uri(request.algorithm()),
                id, Transformed.FILTER, Transformed.FILTER, Transformed.ALL_SIGNATURES, Canonical.EXCLUSIVE, method, base64(document),
                id, Canonical.EXCLUSIVE, method, base64(digested(properties())));
    }

    private byte[] digested(byte[] octets) {
        return digest(request.algorithm()).digest(octets);
    }

    /** Equal requests give equal Ids. */
    private static String id(SignatureRequest request, byte[] document) {
        MessageDigest digest = Digests.newSha256();
        digest.update(document);
        digest.update((request.time() + " " + request.algorithm() + " ").getBytes(StandardCharsets.UTF_8));
        return "xades-" + HexFormat.of().formatHex(digest.digest(encoded(request.certificate())), 0, ID_OCTETS);
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("It was read from its encoding", e);
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
