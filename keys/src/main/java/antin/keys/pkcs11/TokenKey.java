package antin.keys.pkcs11;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.DecryptionKey;
import antin.kernel.key.KeyRing.PendingKey;
import antin.kernel.key.KeyTransport;
import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.key.SigningKey;
import antin.keys.CurvePoints;
import antin.keys.Fitting;
import antin.keys.RsaPadding;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

/** A key on the token: its name, its CKA_ID, and what is public of it. */
final class TokenKey implements SigningKey, PendingKey, DecryptionKey {

    private static final int COORDINATE_BYTES = 32;
    private static final byte UNCOMPRESSED = 4; // SEC 1, 2.3.3
    /** What a token says of padding, or of a number above the modulus: nothing that anybody may learn. */
    private static final Set<Long> NOT_DECRYPTED = Set.of(PKCS11Constants.CKR_ENCRYPTED_DATA_INVALID, PKCS11Constants.CKR_ENCRYPTED_DATA_LEN_RANGE,
        PKCS11Constants.CKR_DATA_INVALID, PKCS11Constants.CKR_DATA_LEN_RANGE);

    private final TokenSessions sessions;
    private final String name;
    private final byte[] id;
    private final PublicKey publicKey;
    private final List<X509Certificate> chain;
    private volatile boolean bareRsa = true;

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
    public X509Certificate certificate() {
        return chain.getFirst();
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

    /** By RSA's bare operation, so that no token judges the padding; where a token refuses that, by its own (RFC 3218, 2.3.2: then it must not tell in its time). */
    @Override
    public byte[] unwrap(KeyTransport transport, byte[] encrypted, int length) {
        BigInteger modulus = Fitting.rsa(publicKey).getModulus();
        byte[] substitute = RsaPadding.substitute(encrypted, length);
        if (encrypted.length != (modulus.bitLength() + 7) / 8 || new BigInteger(1, encrypted).compareTo(modulus) >= 0) {
            return substitute; // as everybody can see; some tokens answer it as if they were broken
        }
        if (bareRsa) {
            try {
                return decrypted(new Mechanism(PKCS11Constants.CKM_RSA_X_509), encrypted)
                    .map(value -> RsaPadding.remove(transport, Mechanisms.block(publicKey, value), encrypted, length)).orElse(substitute);
            } catch (Problem e) {
                if (e.kind() != Kind.MISCONFIGURED) {
                    throw e;
                }
                bareRsa = false;
            }
        }
        return decrypted(Mechanisms.mechanism(transport), encrypted).filter(value -> value.length == length).orElse(substitute);
    }

    @Override
    public byte[] agree(ECPublicKey untrusted) {
        CurvePoints.check(untrusted, Fitting.ec(publicKey));
        byte[] point = new byte[1 + 2 * COORDINATE_BYTES];
        point[0] = UNCOMPRESSED;
        coordinate(untrusted.getW().getAffineX(), point, 1);
        coordinate(untrusted.getW().getAffineY(), point, 1 + COORDINATE_BYTES);
        return sessions.use(session -> TokenObjects.agree(session.raw(), session.privateKey(id), point));
    }

    private Optional<byte[]> decrypted(Mechanism mechanism, byte[] encrypted) {
        return sessions.use(session -> session.raw().decryptInit(mechanism, session.privateKey(id)), session -> {
            try {
                return Optional.of(session.raw().decrypt(encrypted));
            } catch (PKCS11Exception e) {
                if (NOT_DECRYPTED.contains(e.getErrorCode())) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    private static void coordinate(BigInteger value, byte[] point, int start) {
        byte[] octets = value.toByteArray();
        int length = Math.min(octets.length, COORDINATE_BYTES);
        System.arraycopy(octets, octets.length - length, point, start + COORDINATE_BYTES - length, length);
    }

    @Override
    public String toString() {
        return "TokenKey " + name;
    }
}
