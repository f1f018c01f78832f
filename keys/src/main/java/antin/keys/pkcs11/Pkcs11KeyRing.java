package antin.keys.pkcs11;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.DecryptionKey;
import antin.kernel.key.KeyRing;
import antin.kernel.key.SigningKey;
import antin.keys.Fitting;
import antin.keys.KeyName;
import antin.keys.pkcs11.TokenObjects.Entry;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;

/**
 * A token. A key is a private key whose CKA_LABEL is a {@link KeyName name}, and a certificate with the same CKA_ID; without one
 * it waits. The authorities' certificates lie beside them. What is public of a key is read once and kept.
 *
 * <p>The token may be away when the ring is opened; each call then says {@code PEER_UNAVAILABLE} until it is there.
 */
public final class Pkcs11KeyRing implements KeyRing {

    private static final int ID_BYTES = 16;
    private static final int LONGEST_CHAIN = 6;

    private final TokenSessions sessions;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, TokenKey> known = new ConcurrentHashMap<>();

    Pkcs11KeyRing(TokenSessions sessions) {
        this.sessions = sessions;
    }

    /** Refuses a library that does not start and a PIN file that is missing, open to others, or empty. */
    public static Pkcs11KeyRing open(Pkcs11Settings settings) {
        return Pkcs11KeyRings.open(List.of(settings)).getFirst();
    }

    @Override
    public Set<String> names() {
        return sessions.use(session -> {
            Set<String> names = new TreeSet<>();
            for (Entry entry : TokenObjects.privateKeys(session.raw())) {
                if (KeyName.isWellFormed(entry.name()) && TokenObjects.certificate(session.raw(), entry.id()).isPresent()) {
                    names.add(entry.name());
                }
            }
            return names;
        });
    }

    @Override
    public Optional<SigningKey> find(String name) {
        return KeyName.isWellFormed(name) ? key(name).map(SigningKey.class::cast) : Optional.empty();
    }

    @Override
    public Optional<DecryptionKey> findForDecryption(String name) {
        return KeyName.isWellFormed(name) ? key(name).map(DecryptionKey.class::cast) : Optional.empty();
    }

    @Override
    public synchronized PendingKey pending(String name, KeyType type, KeyUse use) {
        if (key(KeyName.checked(name)).isPresent()) {
            throw new Problem(Kind.CONFLICT, "There is a key " + name + " already.");
        }
        Optional<TokenKey> begun = waiting(name);
        if (begun.isEmpty()) {
            byte[] id = new byte[ID_BYTES];
            random.nextBytes(id);
            sessions.useSlowly(session -> {
                TokenObjects.makeKeyPair(session.raw(), new Entry(name, id), type, use);
                return id;
            });
            begun = waiting(name);
        }
        TokenKey key = begun.orElseThrow(() -> new Problem(Kind.PEER_UNAVAILABLE, "The token did not keep the key " + name + "."));
        Fitting.check(type, name, key.publicKey());
        return key;
    }

    @Override
    public synchronized SigningKey complete(String name, List<X509Certificate> chain) {
        Optional<TokenKey> before = Fitting.completed(key(KeyName.checked(name)), name, chain);
        if (before.isPresent()) {
            return before.get();
        }
        TokenKey pending = waiting(name).orElseThrow(() -> new Problem(Kind.MISCONFIGURED, "No key " + name + " waits for a certificate."));
        Fitting.check(chain, name, pending.publicKey());
        sessions.use(session -> {
            for (X509Certificate authority : chain.subList(1, chain.size())) {
                TokenObjects.storeAuthority(session.raw(), authority);
            }
            // Last, since this is what makes it a key.
            TokenObjects.storeCertificate(session.raw(), new Entry(name, pending.id()), chain.getFirst());
            return name;
        });
        return key(name).orElseThrow(() -> new Problem(Kind.PEER_UNAVAILABLE, "The token did not keep the certificate of " + name + "."));
    }

    @Override
    public boolean isAvailable() {
        return sessions.answer();
    }

    @Override
    public void close() {
        sessions.close();
    }

    private Optional<TokenKey> key(String name) {
        TokenKey before = known.get(name);
        if (before != null) {
            return Optional.of(before);
        }
        Optional<TokenKey> found = sessions.use(session -> {
            Optional<Entry> entry = TokenObjects.privateKey(session.raw(), name);
            Optional<X509Certificate> certificate = entry.isEmpty() ? Optional.empty() : TokenObjects.certificate(session.raw(), entry.get().id());
            return certificate.isEmpty() ? Optional.empty() : Optional.of(new TokenKey(sessions, name, entry.orElseThrow().id(),
                certificate.get().getPublicKey(), chain(session.raw(), certificate.get())));
        });
        found.ifPresent(key -> known.put(name, key));
        return found;
    }

    private Optional<TokenKey> waiting(String name) {
        return sessions.use(session -> {
            Optional<Entry> entry = TokenObjects.privateKey(session.raw(), name);
            return entry.isEmpty() ? Optional.empty() : Optional.of(new TokenKey(sessions, name, entry.get().id(),
                PublicKeys.of(TokenObjects.publicKey(session.raw(), entry.get())), List.of()));
        });
    }

    /** From the key's own certificate up, as far as the token has the authorities. */
    private static List<X509Certificate> chain(Session session, X509Certificate own) throws PKCS11Exception {
        List<X509Certificate> all = TokenObjects.certificates(session);
        List<X509Certificate> chain = new ArrayList<>(List.of(own));
        while (chain.size() < LONGEST_CHAIN) {
            X509Certificate last = chain.getLast();
            Optional<X509Certificate> issuer = all.stream().filter(candidate -> Fitting.isIssuer(candidate, last)).findFirst();
            if (issuer.isEmpty() || chain.contains(issuer.get())) {
                return chain;
            }
            chain.add(issuer.get());
        }
        return chain;
    }
}
