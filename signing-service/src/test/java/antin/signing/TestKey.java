package antin.signing;

import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.key.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/** A key in memory, certified by a {@link TestPki}. */
public record TestKey(String name, PrivateKey key, List<X509Certificate> chain) implements SigningKey {

    public static TestKey rsa(TestPki pki) {
        return of(pki, "sample-seal", TestPki.rsa(3072));
    }

    public static TestKey rsa(TestPki pki, int bits) {
        return of(pki, "seal-" + bits, TestPki.rsa(bits));
    }

    public static TestKey ec(TestPki pki) {
        return of(pki, "sample-seal-ec", TestPki.ec("secp256r1"));
    }

    public static TestKey of(TestPki pki, String subject) {
        KeyPair pair = TestPki.ec("secp256r1");
        return new TestKey("a", pair.getPrivate(), pki.chain(pki.signer(subject, pair.getPublic())));
    }

    private static TestKey of(TestPki pki, String name, KeyPair pair) {
        return new TestKey(name, pair.getPrivate(), pki.chain(pki.signer("CN=Văn phòng " + name + ",OU=ubnd-tp,O=Thành phố,C=VN", pair.getPublic())));
    }

    @Override
    public byte[] sign(SignatureAlgorithm algorithm, byte[] toBeSigned) {
        try {
            Signature engine = algorithm.engine();
            engine.initSign(key);
            engine.update(toBeSigned);
            return engine.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
