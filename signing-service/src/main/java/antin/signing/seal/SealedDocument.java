package antin.signing.seal;

import antin.signing.signature.SignedDocument;

/** The answer to a seal request: under which id it is remembered, and the document, which the receiver removes. */
public record SealedDocument(String id, SignedDocument document) {
}
