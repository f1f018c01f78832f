package antin.keys.pkcs12;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.DecryptionKey;
import antin.kernel.key.KeyRing.PendingKey;
import antin.kernel.key.KeyTransport;
import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.key.SigningKey;
import antin.keys.CurvePoints;
import antin.keys.DigestSignatures;
import antin.keys.Fitting;
import antin.keys.RsaPadding;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;

/** A key in this process's memory; no accessor gives the private part away. */
final class SoftwareKey implements SigningKey, PendingKey, DecryptionKey {

    private final String name;
    private final List<X509Certificate> chain;
    private final PrivateKey privateKey;

    SoftwareKey(String name, List<X509Certificate> chain, PrivateKey privateKey) {
        this.name = name;
        this.chain = List.copyOf(chain);
        this.privateKey = privateKey;
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
        return certificate().getPublicKey();
    }

    /** The same key once its certificates are there. */
    SoftwareKey with(List<X509Certificate> newChain) {
        return new SoftwareKey(name, newChain, privateKey);
    }

    /** Into the file, under the name. */
    void store(KeyFile file) {
        file.write(name, privateKey, chain);
    }

    @Override
    public byte[] sign(SignatureAlgorithm algorithm, byte[] toBeSigned) {
        Fitting.check(algorithm, publicKey());
        try {
            Signature engine = algorithm.engine();
            engine.initSign(privateKey);
            engine.update(toBeSigned);
            return engine.sign();
        } catch (GeneralSecurityException e) {
            throw new Problem(Kind.INTERNAL, "The key " + name + " could not sign.", e);
        }
    }

    @Override
    public byte[] unwrap(KeyTransport transport, byte[] encrypted, int length) {
        Fitting.rsa(publicKey());
        byte[] block;
        try {
            Cipher raw = Cipher.getInstance("RSA/ECB/NoPadding");
            raw.init(Cipher.DECRYPT_MODE, privateKey);
            block = raw.doFinal(encrypted);
        } catch (GeneralSecurityException e) {
            return RsaPadding.substitute(encrypted, length); // too long, or above the modulus, as everybody can see
        }
        return RsaPadding.remove(transport, block, encrypted, length);
    }

    @Override
    public byte[] agree(ECPublicKey untrusted) {
        CurvePoints.check(untrusted, Fitting.ec(publicKey()));
        try {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(privateKey);
            agreement.doPhase(untrusted, true);
            return agreement.generateSecret();
        } catch (GeneralSecurityException e) {
            throw new Problem(Kind.INTERNAL, "The key " + name + " could not agree on a secret.", e);
        }
    }

    @Override
    public byte[] signDigest(SignatureAlgorithm algorithm, byte[] digest) {
        Fitting.check(algorithm, publicKey(), digest);
        try {
            if (DigestSignatures.isPkcs1(algorithm)) {
                Cipher padding = Cipher.getInstance("RSA/ECB/PKCS1Padding"); // with a private key, block type 1
                padding.init(Cipher.ENCRYPT_MODE, privateKey);
                return padding.doFinal(DigestSignatures.digestInfo(algorithm, digest));
            }
            Signature engine = DigestSignatures.engine(algorithm);
            engine.initSign(privateKey);
            engine.update(digest);
            return engine.sign();
        } catch (GeneralSecurityException | IOException e) {
            throw new Problem(Kind.INTERNAL, "The key " + name + " could not sign.", e);
        }
    }

    @Override
    public String toString() {
        return "SoftwareKey " + name;
    }
}
