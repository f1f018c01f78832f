package antin.signing.xml;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.WorkFolder;
import antin.signing.signature.Document;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.SignedDocument;
import antin.signing.signature.ValidationReport.Coverage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.signature.XMLSignature;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;

/** An XML signature that lacks its value. The steps are those of docs/journeys/3-seal-by-api.md. */
final class WaitingXml implements PreparedSignature {

    private static final Logger LOG = LoggerFactory.getLogger(WaitingXml.class);
    private static final String ENDING = ".xml";

    private final SignatureRequest request;
    private final org.w3c.dom.Document tree;
    private final XMLSignature signature;
    private final WorkFolder folder;
    private final byte[] toBeSigned;

    WaitingXml(SignatureRequest request, org.w3c.dom.Document tree, XMLSignature signature, WorkFolder folder) throws XMLSecurityException {
        this.request = request;
        this.tree = tree;
        this.signature = signature;
        this.folder = folder;
        try (ByteArrayOutputStream octets = new ByteArrayOutputStream()) {
            signature.getSignedInfo().signInOctetStream(octets);
            this.toBeSigned = octets.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] toBeSigned() {
        return toBeSigned.clone();
    }

    @Override
    public SignedDocument complete(byte[] value) {
        // Step 6: what came from the key is what was asked of it
        request.verify(toBeSigned, value);
        // Step 7: put it in
        Element place = (Element) signature.getElement().getElementsByTagNameNS(XmlTree.SIGNATURES, "SignatureValue").item(0);
        place.setTextContent(Base64.getEncoder().encodeToString(XmlAlgorithms.value(request.certificate(), value)));
        Path file = folder.newFile();
        try {
            XmlTree.write(tree, file);
            // Step 8: read it as an auditor would, before anybody gets it
            check(file);
            return new SignedDocument(file, name(), "application/xml");
        } catch (RuntimeException e) {
            WorkFolder.remove(file);
            throw e;
        }
    }

    @Override
    public void close() {
        // nothing of it lies in the work folder
    }

    private void check(Path file) {
        try {
            org.w3c.dom.Document written = XmlTree.read(new Document(file, name(), Files.size(file), ""));
            Element own = XmlTree.signatures(written).stream().filter(one -> one.getAttribute("Id").equals(signature.getId())).reduce((one, other) -> {
                throw new IllegalStateException("Two signatures have one Id");
            }).orElseThrow();
            ReadSignature read = ReadSignature.of(own);
            boolean meant = request.packaging() == Packaging.ENVELOPING || request.particulars().element() == null ? read.covers() == Coverage.WHOLE
                : read.over().equals(java.util.List.of("#" + request.particulars().element()));
            if (read.failure() != null || !meant || read.chain().isEmpty() || !read.chain().getFirst().equals(request.certificate())) {
                LOG.error("A finished XML signature is {} over {} and was not handed out", read.failure(), read.over());
                throw new Problem(Kind.INTERNAL, "The finished document did not pass its validation.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String name() {
        String name = request.document().name();
        return name.toLowerCase(java.util.Locale.ROOT).endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) + "-signed" + ENDING : name + ENDING;
    }
}
