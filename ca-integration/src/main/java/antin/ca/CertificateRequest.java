package antin.ca;

import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * What shall be certified. Names come from the directory, never from who asks; of the PKCS#10 only the key is taken.
 *
 * @param id      names this wish, 1 to 64 of {@code A-Z a-z 0-9 . _ -}, so that it is met once however often it is asked
 * @param profile one of those that docs/ca.md lists, such as {@code person-signing}
 * @param subject the distinguished name
 * @param emails  mail addresses for the subject alternative name; may be empty
 * @param pkcs10  a request (RFC 2986) in DER, signed by its key, which proves possession
 * @param actor   on whose behalf, for the audit
 * @param hosts   DNS names and IP addresses for the subject alternative name, of a TLS server only
 */
public record CertificateRequest(String id, String profile, X500Principal subject, List<String> emails, byte[] pkcs10, String actor,
                                 List<String> hosts) {

    public CertificateRequest {
        emails = List.copyOf(emails);
        pkcs10 = pkcs10.clone();
        hosts = List.copyOf(hosts);
    }

    /** For whatever is no TLS server. */
    public CertificateRequest(String id, String profile, X500Principal subject, List<String> emails, byte[] pkcs10, String actor) {
        this(id, profile, subject, emails, pkcs10, actor, List.of());
    }
}
