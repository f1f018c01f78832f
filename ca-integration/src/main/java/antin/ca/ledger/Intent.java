package antin.ca.ledger;

import java.math.BigInteger;
import java.time.Instant;

/**
 * What is to be signed.
 *
 * @param requestId  names the wish
 * @param content    SHA-256 of what was wished, by which another wish under the same name shows
 * @param issuer     the signing authority's short name
 * @param subject    a distinguished name (RFC 2253)
 * @param subjectKey the same in the one form in which equal names are equal texts
 * @param keySha256  of the public key (SubjectPublicKeyInfo)
 */
public record Intent(BigInteger serial, String requestId, byte[] content, String issuer, String profile, String subject, String subjectKey,
                     byte[] keySha256, String actor, Instant begun) {
}
