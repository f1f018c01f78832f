package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.SignatureAlgorithm;
import antin.signing.signature.Document;
import antin.signing.signature.InMemory;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.DigestDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** Documents that stay with their owner, of whom only a digest is known. */
final class DigestOnly {

    private DigestOnly() {
    }

    /** A signature beside a document needs no more than its digest, by the algorithm that it signs with. */
    static void check(SignatureRequest request, String format) {
        String given = request.document().digestAlgorithm();
        if (given == null) {
            return;
        }
        if (request.packaging() != Packaging.DETACHED) {
            throw new Problem(Kind.MALFORMED_REQUEST, format + " over a digest alone must have \"packaging\": \"detached\".");
        }
        if (request.level() == SignatureLevel.LTA && !format.equals("CAdES")) {
            throw new Problem(Kind.MALFORMED_REQUEST, format + " at level LTA has a time stamp over the document itself. Over a digest alone ask for level LT, or for CAdES.");
        }
        SignatureAlgorithm algorithm = request.algorithm();
        if (!given.equals(algorithm.digest())) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The digest must be one by " + algorithm.digest() + ", which " + algorithm.word() + " signs with.");
        }
    }

    /** For CMS beside a document: a large one's digests, since DSS would read it into memory where it needs no more than these. */
    static DSSDocument ofLarge(Document document) {
        if (document.isDigestOnly() || document.size() <= InMemory.LARGEST) {
            return DssValidation.dss(document);
        }
        DigestDocument digests = new DigestDocument();
        digests.setName(document.name());
        DSSDocument file = DssValidation.dss(document);
        List.of(DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512).forEach(algorithm -> digests.addDigest(algorithm, file.getDigestValue(algorithm)));
        return digests;
    }

    static DSSDocument dss(Document document, String algorithm) {
        try {
            return new DigestDocument(DigestAlgorithm.forJavaName(algorithm), Files.readAllBytes(document.file()), document.name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
