package antin.signing.attack;

import static antin.signing.attack.Certificates.SIGNS;
import static antin.signing.attack.XmlSigner.EXCLUSIVE;
import static antin.signing.attack.XmlSigner.canonical;
import static antin.signing.attack.XmlSigner.enveloped;

import antin.signing.TestKey;
import antin.signing.TestPki;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys and algorithms that are weak, and values that only a careless reader takes for right. */
class AlgorithmAttackTest {

    private static final Bench BENCH = new Bench();
    private static final byte[] FILE = "Chi 1.000 cho A\n".getBytes(StandardCharsets.UTF_8);
    private static final String SUBJECT = "CN=Van phong,OU=ubnd-tp,O=City,C=VN";
    private static final BigInteger ORDER = new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16); // of P-256 (SEC 2, 2.4.2)
    private static final byte[] SHA256_INFO = HexFormat.of().parseHex("3031300d060960864801650304020105000420"); // RFC 8017, 9.2, note 1
    private static final int OCTETS = 256;

    private interface Signing {
        byte[] make() throws Exception;
    }

    @AfterAll
    static void stop() {
        BENCH.close();
    }

    static Stream<Attack> keys() {
        return Stream.of(
            attack("MD5", "indeterminate CRYPTO_CONSTRAINTS_FAILURE_NO_POE", () -> Cms.sign(FILE, "MD5withRSA", BENCH.rsa, BENCH.rsa.chain().getFirst(), BENCH.rsa.chain())),
            attack("elliptic curve of 192 bits", "indeterminate CRYPTO_CONSTRAINTS_FAILURE_NO_POE", () -> byBouncyCastle("secp192r1")),
            attack("elliptic curve of 160 bits", "indeterminate CRYPTO_CONSTRAINTS_FAILURE_NO_POE", () -> byBouncyCastle("secp160r1")),
            attack("RSA with exponent 1", "invalid FORMAT_FAILURE WEAK_KEY", () -> forgedBy(exponentOne(), (toBeSigned, key) -> padded(toBeSigned, OCTETS))),
            attack("RSA with exponent 3, and something after the digest", "invalid SIG_CRYPTO_FAILURE", () -> forgedBy(TestPki.rsa(2048, 3), AlgorithmAttackTest::cubeRoot)));
    }

    /** CVE-2022-21449 and its like: with both numbers zero, or equal to the order, the equation holds for every key and content. */
    static Stream<Attack> numbers() {
        return Stream.of(
            number("r and s zero", BigInteger.ZERO, BigInteger.ZERO), number("s zero", BigInteger.ONE, BigInteger.ZERO), number("r zero", BigInteger.ZERO, BigInteger.ONE),
            number("r and s the order", ORDER, ORDER), number("r one, s the order", BigInteger.ONE, ORDER), number("negative", BigInteger.ONE.negate(), BigInteger.ONE.negate()));
    }

    static Stream<Attack> names() {
        return Stream.of(
            attack("digest of the attributes said to be SHA-1", "invalid SIG_CRYPTO_FAILURE", () -> Cms.withSigner(honest(), signer -> new SignerInfo(signer.getSID(), new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.14.3.2.26")),
                signer.getAuthenticatedAttributes(), signer.getDigestEncryptionAlgorithm(), signer.getEncryptedDigest(), null))),
            attack("ECDSA said to be over SHA-512", "invalid SIG_CRYPTO_FAILURE", () -> said(honest(), new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA512))),
            attack("ECDSA said to be RSA", "invalid SIG_CRYPTO_FAILURE", () -> said(honest(), new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption))),
            attack("PSS said to have another digest", "invalid SIG_CRYPTO_FAILURE", () -> said(pss(), parameters(NISTObjectIdentifiers.id_sha512, 32, 1))),
            attack("PSS said to have another salt", "invalid SIG_CRYPTO_FAILURE", () -> said(pss(), parameters(NISTObjectIdentifiers.id_sha256, 0, 1))),
            attack("PSS said to have a salt of 2 GB", "invalid SIG_CRYPTO_FAILURE", () -> said(pss(), parameters(NISTObjectIdentifiers.id_sha256, Integer.MAX_VALUE - 8, 1))),
            attack("PSS with another trailer", "invalid SIG_CRYPTO_FAILURE", () -> said(pss(), parameters(NISTObjectIdentifiers.id_sha256, 32, 2))));
    }

    static Stream<Attack> elsewhere() {
        String zeros = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);
        Attack.Making json = () -> Sent.of(Jws.es256(BENCH.ec, Jws.header("ES256", BENCH.ec.chain()) + ",\"crit\":[\"sigT\"]", "{\"chi\":1000}").compact());
        Attack.Making xml = () -> Sent.of(new XmlSigner(BENCH.ec).plain().over("", enveloped(), canonical(EXCLUSIVE)).sign("<a>1</a>"));
        return Stream.of(
            new Attack("JAdES: r and s zero", "invalid HASH_FAILURE", json, () -> Sent.of(text(json).replaceAll("[^.]*$", zeros))),
            new Attack("XML-DSig: r and s zero", "invalid FORMAT_FAILURE", xml, () -> Sent.of(text(xml).replaceAll("(?s)(<ds:SignatureValue[^>]*>).*?</", "$1" + java.util.Base64.getEncoder().encodeToString(new byte[64]) + "</"))));
    }

    @ParameterizedTest
    @MethodSource({"keys", "numbers", "names", "elsewhere"})
    void isRefused(Attack attack) throws Exception {
        attack.check(BENCH);
    }

    private interface Forger {
        byte[] value(byte[] toBeSigned, RSAPublicKey key) throws Exception;
    }

    private static String text(Attack.Making making) throws Exception {
        return new String(making.make().document(), StandardCharsets.UTF_8);
    }

    private static byte[] honest() throws Exception {
        return Cms.sign(FILE, BENCH.ec);
    }

    private static byte[] pss() throws Exception {
        return Cms.sign(FILE, "SHA256withRSAandMGF1", BENCH.rsa, BENCH.rsa.chain().getFirst(), BENCH.rsa.chain());
    }

    private static Attack attack(String name, String verdict, Signing forged) {
        return new Attack("algorithm: " + name, verdict, () -> Sent.of(honest()), () -> Sent.of(forged.make()));
    }

    private static Attack number(String name, BigInteger r, BigInteger s) {
        return attack("ECDSA, " + name, "invalid SIG_CRYPTO_FAILURE", () -> valued(honest(), new DERSequence(new ASN1Integer[] {new ASN1Integer(r), new ASN1Integer(s)}).getEncoded()));
    }

    private static byte[] valued(byte[] signed, byte[] value) throws Exception {
        return Cms.withSigner(signed, signer -> new SignerInfo(signer.getSID(), signer.getDigestAlgorithm(), signer.getAuthenticatedAttributes(), signer.getDigestEncryptionAlgorithm(), new DEROctetString(value), null));
    }

    private static byte[] said(byte[] signed, AlgorithmIdentifier algorithm) throws Exception {
        return Cms.withSigner(signed, signer -> new SignerInfo(signer.getSID(), signer.getDigestAlgorithm(), signer.getAuthenticatedAttributes(), algorithm, signer.getEncryptedDigest(), null));
    }

    private static AlgorithmIdentifier parameters(ASN1ObjectIdentifier digest, int salt, int trailer) {
        AlgorithmIdentifier hash = new AlgorithmIdentifier(digest);
        return new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS, new RSASSAPSSparams(hash, new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, hash), new ASN1Integer(salt), new ASN1Integer(trailer)));
    }

    private static byte[] byBouncyCastle(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
        generator.initialize(new ECGenParameterSpec(curve));
        TestKey key = signer(generator.generateKeyPair());
        return Cms.sign(FILE, "SHA256withECDSA", key, key.chain().getFirst(), key.chain());
    }

    private static TestKey signer(KeyPair pair) throws Exception {
        return Certificates.signer(BENCH.pki, BENCH.pki.issuing, SUBJECT, pair, SIGNS, 100, any -> { });
    }

    /** Signed by an honest key, and then given a value and a certificate of another by whom the value was never made. */
    private static byte[] forgedBy(KeyPair weak, Forger forger) throws Exception {
        TestKey key = signer(weak);
        TestKey other = new TestKey("a", BENCH.rsa.key(), key.chain());
        byte[] signed = Cms.sign(FILE, "SHA256withRSA", other, key.chain().getFirst(), key.chain());
        byte[] attributes = Cms.attributes(signed).getEncoded("DER");
        return valued(signed, forger.value(attributes, (RSAPublicKey) weak.getPublic()));
    }

    private static KeyPair exponentOne() throws Exception {
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) TestPki.rsa(OCTETS * 8).getPrivate();
        var factory = java.security.KeyFactory.getInstance("RSA", new BouncyCastleProvider());
        return new KeyPair(factory.generatePublic(new java.security.spec.RSAPublicKeySpec(key.getModulus(), BigInteger.ONE)), key);
    }

    /** EMSA-PKCS1-v1_5 (RFC 8017, 9.2), which with the exponent 1 is the value itself. */
    private static byte[] padded(byte[] toBeSigned, int length) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(toBeSigned);
        out.writeBytes(new byte[] {0, 1});
        for (int i = 0; i < length - 3 - SHA256_INFO.length - digest.length; i++) {
            out.write(0xFF);
        }
        out.write(0);
        out.writeBytes(SHA256_INFO);
        out.writeBytes(digest);
        return out.toByteArray();
    }

    /** Bleichenbacher's of 2006 (CVE-2006-4339): a cube that begins like a padded digest, with the rest after it. */
    private static byte[] cubeRoot(byte[] toBeSigned, RSAPublicKey key) throws Exception {
        byte[] begin = padded(toBeSigned, 3 + 8 + SHA256_INFO.length + 32);
        BigInteger highest = new BigInteger(1, Arrays.copyOf(begin, OCTETS)).add(BigInteger.ONE.shiftLeft((OCTETS - begin.length) * 8)).subtract(BigInteger.ONE);
        BigInteger root = root(highest);
        byte[] cube = root.pow(3).toByteArray();
        org.assertj.core.api.Assertions.assertThat(Arrays.copyOf(cube, begin.length - 1)).isEqualTo(Arrays.copyOfRange(begin, 1, begin.length));
        org.assertj.core.api.Assertions.assertThat(root.pow(3)).isLessThan(key.getModulus());
        byte[] value = new byte[OCTETS];
        byte[] octets = root.toByteArray();
        System.arraycopy(octets, 0, value, OCTETS - octets.length, octets.length);
        return value;
    }

    private static BigInteger root(BigInteger cube) {
        BigInteger low = BigInteger.ZERO;
        BigInteger high = BigInteger.ONE.shiftLeft(cube.bitLength() / 3 + 1);
        while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = low.add(high).shiftRight(1);
            if (middle.pow(3).compareTo(cube) <= 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
