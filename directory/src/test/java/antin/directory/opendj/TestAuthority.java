package antin.directory.opendj;

import antin.kernel.SecretFile;
import antin.kernel.tls.PemFile;
import com.unboundid.asn1.ASN1BigInteger;
import com.unboundid.asn1.ASN1BitString;
import com.unboundid.asn1.ASN1Boolean;
import com.unboundid.asn1.ASN1Element;
import com.unboundid.asn1.ASN1Exception;
import com.unboundid.asn1.ASN1GeneralizedTime;
import com.unboundid.asn1.ASN1ObjectIdentifier;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.asn1.ASN1Sequence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** A throw-away CA for tests, written in plain DER (RFC 5280) so that the tests of other modules need no further library. */
public final class TestAuthority {

    private static final ASN1Sequence ECDSA_WITH_SHA256 = new ASN1Sequence(oid("1.2.840.10045.4.3.2"));
    private static final byte DNS = (byte) 0x82;
    private static final byte URI = (byte) 0x86;
    private static final byte IP = (byte) 0x87;

    private final X500Principal name;
    private final KeyPair keys = newKeys();
    private final X509Certificate certificate;

    public TestAuthority(String name) {
        this.name = new X500Principal(name);
        this.certificate = sign(this.name, keys.getPublic(), List.of(
            extension("2.5.29.19", true, new ASN1Sequence(new ASN1Boolean(true))),
            extension("2.5.29.15", true, new ASN1Element((byte) 0x03, new byte[] {1, 0x06})))); // keyCertSign, cRLSign
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** Writes {@code NAME.key} and {@code NAME.pem} for a leaf good for both sides of TLS on loopback. {@code uri} may be empty. */
    public X509Certificate issue(Path folder, String file, String subject, String uri) throws IOException {
        KeyPair leaf = newKeys();
        List<ASN1Element> names = new ArrayList<>(List.of(text(DNS, "localhost"), new ASN1OctetString(IP, new byte[] {127, 0, 0, 1})));
        if (!uri.isEmpty()) {
            names.add(text(URI, uri));
        }
        X509Certificate issued = sign(new X500Principal(subject), leaf.getPublic(), List.of(
            extension("2.5.29.15", true, new ASN1Element((byte) 0x03, new byte[] {7, (byte) 0x80})), // digitalSignature
            extension("2.5.29.37", false, new ASN1Sequence(oid("1.3.6.1.5.5.7.3.1"), oid("1.3.6.1.5.5.7.3.2"))),
            extension("2.5.29.17", false, new ASN1Sequence(names))));
        SecretFile.write(folder.resolve(file + ".key"), PemFile.encode(leaf.getPrivate()));
        write(folder.resolve(file + ".pem"), issued);
        return issued;
    }

    public void write(Path file) throws IOException {
        write(file, certificate);
    }

    private static void write(Path file, X509Certificate certificate) throws IOException {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, PemFile.encode(List.of(certificate)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate sign(X500Principal subject, PublicKey key, List<ASN1Element> extensions) {
        try {
            Instant now = Instant.now();
            ASN1Sequence toBeSigned = new ASN1Sequence(new ASN1Element((byte) 0xa0, new byte[] {2, 1, 2}), // version 3
                new ASN1BigInteger(new BigInteger(120, new SecureRandom()).setBit(119)), ECDSA_WITH_SHA256, ASN1Element.decode(name.getEncoded()),
                new ASN1Sequence(time(now.minus(Duration.ofHours(1))), time(now.plus(Duration.ofDays(2)))),
                ASN1Element.decode(subject.getEncoded()), ASN1Element.decode(key.getEncoded()),
                new ASN1Element((byte) 0xa3, new ASN1Sequence(extensions).encode()));
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(toBeSigned.encode());
            byte[] der = new ASN1Sequence(toBeSigned, ECDSA_WITH_SHA256,
                new ASN1BitString(ASN1BitString.getBitsForBytes(signature.sign()))).encode();
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException | ASN1Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ASN1Element extension(String oid, boolean critical, ASN1Element value) {
        return critical ? new ASN1Sequence(oid(oid), new ASN1Boolean(true), new ASN1OctetString(value.encode()))
            : new ASN1Sequence(oid(oid), new ASN1OctetString(value.encode()));
    }

    private static ASN1Element text(byte type, String text) {
        return new ASN1OctetString(type, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Without fractions, as RFC 5280, 4.1.2.5.2 wants it. */
    private static ASN1Element time(Instant instant) {
        return new ASN1GeneralizedTime(new Date(instant.getEpochSecond() * 1000));
    }

    private static ASN1ObjectIdentifier oid(String oid) {
        try {
            return new ASN1ObjectIdentifier(oid);
        } catch (ASN1Exception e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
