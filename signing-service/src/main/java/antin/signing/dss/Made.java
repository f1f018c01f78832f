package antin.signing.dss;

import antin.signing.signature.SignatureRequest;
import eu.europa.esig.dss.model.DSSDocument;

/**
 * A document that was just signed, and all it was made of.
 *
 * @param toBeSigned what the key signed
 * @param value      what the key gave
 * @param sent       the document before
 */
record Made(SignatureRequest request, byte[] toBeSigned, byte[] value, DSSDocument sent, DSSDocument finished) {
}
