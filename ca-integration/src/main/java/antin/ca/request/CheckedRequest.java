package antin.ca.request;

import antin.ca.authority.Authority.Request;

/**
 * A wish that may be met.
 *
 * @param issuer    the short name of the authority that signs such certificates, where it is there
 * @param content   SHA-256 of all that makes it this wish: not the actor, nor the PKCS#10's own signature
 * @param keySha256 of the public key (SubjectPublicKeyInfo)
 */
public record CheckedRequest(String id, Request request, String issuer, byte[] content, byte[] keySha256, String actor) {
}
