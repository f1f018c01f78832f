package antin.keys.pkcs11;

import antin.kernel.key.KeyRing.PendingKey;
import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.key.SigningKey;
import antin.keys.Fitting;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.xipki.pkcs11.wrapper.Mechanism;

/** A key on the token: its name, its CKA_ID, and what is public of it. */
final class TokenKey implements SigningKey, PendingKey {

    private final TokenSessions sessions;
    private final String name;
    private final byte[] id;
    private final PublicKey publicKey;
    private final List<X509Certificate> chain;

    TokenKey(TokenSessions sessions, String name, byte[] id, PublicKey publicKey, List<X509Certificate> chain) {
        this.sessions = sessions;
        this.name = name;
        this.id = id;
        this.publicKey = publicKey;
        this.chain = List.copyOf(chain);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<X509Certificate> chain() {
        return chain;
    }

    @Override
    public PublicKey publicKey() {
        return publicKey;
    }

    byte[] id() {
        return id;
    }

    @Override
    public byte[] sign(SignatureAlgorithm algorithm, byte[] toBeSigned) {
        Fitting.check(algorithm, publicKey);
        return signed(algorithm, Mechanisms.input(algorithm, publicKey, toBeSigned));
    }

    @Override
    public byte[] signDigest(SignatureAlgorithm algorithm, byte[] digest) {
        Fitting.check(algorithm, publicKey, digest);
        return signed(algorithm, Mechanisms.inputOfDigest(algorithm, publicKey, digest));
    }

    private byte[] signed(SignatureAlgorithm algorithm, byte[] input) {
        Mechanism mechanism = Mechanisms.mechanism(algorithm);
        byte[] value = sessions.use(session -> session.raw().signInit(mechanism, session.privateKey(id)), session -> session.raw().sign(input));
        return Mechanisms.output(publicKey, value);
    }

    @Override
    public String toString() {
        return "TokenKey " + name;
    }
}
