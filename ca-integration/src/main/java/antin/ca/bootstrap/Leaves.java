package antin.ca.bootstrap;

import antin.ca.authority.Authority;
import antin.ca.authority.Authority.Request;
import antin.ca.authority.KeyFile;
import antin.ca.authority.KeyKind;
import antin.ca.authority.Profile;
import antin.kernel.Problem;
import antin.kernel.tls.KeyProof;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Keys with their certificates: kept while they say what they should, made anew otherwise. A key always comes anew with its certificate. */
final class Leaves {

    private static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);

    private final IssueCertificate issue;
    private final Clock clock;

    Leaves(IssueCertificate issue, Clock clock) {
        this.issue = issue;
        this.clock = clock;
    }

    /** Returns the certificate where one was made; {@code kind} is that of a new key, and one that is there may be of another. */
    Optional<X509Certificate> make(Authority authority, Profile profile, KeyKind kind, KeyPlace place, String subject, Optional<GeneralNames> names)
        throws IOException, GeneralSecurityException {
        X500Principal principal = new X500Principal(subject);
        if (isCurrent(authority, place, key -> new Request(profile, principal, key, names))) {
            return Optional.empty();
        }
        KeyPair keys = issue.newKey(kind);
        X509Certificate certificate = issue.by(authority, new Request(profile, principal, keys.getPublic(), names));
        place.write(keys.getPrivate(), place.chain(authority, certificate));
        return Optional.of(certificate);
    }

    /** Whether there is a key that lasts, whatever its certificate says: all that can be told without the authority. */
    boolean lasts(KeyPlace place) {
        try {
            return lasts(place.read().chain().getFirst());
        } catch (Problem e) {
            return false;
        }
    }

    private interface Wanted {
        Request with(PublicKey key);
    }

    private boolean isCurrent(Authority authority, KeyPlace place, Wanted wanted) throws GeneralSecurityException {
        try {
            KeyFile.Content content = place.read();
            List<X509Certificate> chain = content.chain();
            X509Certificate leaf = chain.getFirst();
            return chain.equals(place.chain(authority, leaf)) && KeyProof.fits(content.key(), leaf.getPublicKey())
                && authority.signedAsNow(leaf, wanted.with(leaf.getPublicKey())) && lasts(leaf);
        } catch (Problem e) {
            return false; // missing, cut off, or readable by others: made anew
        }
    }

    private boolean lasts(X509Certificate leaf) {
        return leaf.getNotAfter().toInstant().isAfter(clock.instant().plus(RENEWED_BEFORE_END));
    }
}
