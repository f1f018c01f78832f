package antin.kernel.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A process of ours, as its internal certificate names it: the URI SAN {@code antin:backbone}. */
public record PeerName(String value) {

    private static final int URI = 6; // RFC 5280, 4.2.1.6: uniformResourceIdentifier [6]
    private static final String PREFIX = "antin:";

    public PeerName {
        if (!value.matches("antin:[a-z][a-z-]{1,30}")) {
            throw new IllegalArgumentException("Not a peer's name: " + value);
        }
    }

    /** Empty unless the certificate has exactly one such name. Says nothing about whether the certificate is trusted. */
    public static Optional<PeerName> of(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names == null) {
                return Optional.empty();
            }
            List<String> uris = names.stream().filter(name -> Integer.valueOf(URI).equals(name.get(0)))
                .map(name -> String.valueOf(name.get(1))).filter(uri -> uri.startsWith(PREFIX)).toList();
            return uris.size() == 1 ? Optional.of(new PeerName(uris.getFirst())) : Optional.empty();
        } catch (CertificateParsingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
