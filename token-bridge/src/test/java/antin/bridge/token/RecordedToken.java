package antin.bridge.token;

import antin.bridge.token.SignatureAlgorithm.Scheme;
import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A card whose certificate and value are published and whose key nobody has: it gives back the value, and keeps what it was given. For the published examples only. */
public final class RecordedToken implements Token, Tokens, Login {

    public final List<byte[]> digests = new ArrayList<>();
    private final X509Certificate certificate;
    private final byte[] value;

    public RecordedToken(byte[] certificate, byte[] value) throws CertificateException {
        this.certificate = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
        this.value = value;
    }

    @Override
    public List<Token> present() {
        return List.of(this);
    }

    @Override
    public TokenState state() {
        return new TokenState("recorded", "", "", "1", true, false, false, false, false, true, 4, 12);
    }

    @Override
    public List<TokenCertificate> certificates() {
        return List.of(new TokenCertificate(this, certificate, new byte[] {1}));
    }

    @Override
    public List<SignatureAlgorithm> algorithms(TokenCertificate asked) {
        return Arrays.stream(HashFunction.values()).map(hash -> new SignatureAlgorithm(Scheme.ECDSA, hash)).toList();
    }

    @Override
    public Login login(Pin pin) {
        return this;
    }

    @Override
    public byte[] sign(TokenCertificate asked, SignatureAlgorithm algorithm, byte[] digest) {
        digests.add(digest);
        return value;
    }

    @Override
    public void changePin(Pin old, Pin fresh) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean hasKeyOf(PublicKey key) {
        return false;
    }

    @Override
    public void store(X509Certificate issued) {
        throw new UnsupportedOperationException();
    }

    @Override
    public NewKey makeKey(KeyType type, String label) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        // holds nothing
    }
}
