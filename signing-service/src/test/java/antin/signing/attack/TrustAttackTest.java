package antin.signing.attack;

import static antin.signing.attack.Certificates.SIGNS;

import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.TestPki.Holder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificates that do not prove what they are shown for. */
class TrustAttackTest {

    private static final Bench BENCH = new Bench();
    private static final TestPki PKI = BENCH.pki;
    private static final TestPki STRANGER = new TestPki();
    private static final byte[] FILE = "Chi 1.000 cho A\n".getBytes(StandardCharsets.UTF_8);
    private static final String SUBJECT = "CN=Van phong,OU=ubnd-tp,O=City,C=VN";
    private static final KeyPair PAIR = TestPki.ec("secp256r1");
    private static final Certificates.Extras NONE = builder -> { };

    private interface Keying {
        TestKey key() throws Exception;
    }

    private interface Signing {
        byte[] make() throws Exception;
    }

    @AfterAll
    static void stop() {
        BENCH.close();
        STRANGER.close();
    }

    static Stream<Attack> certificates() {
        return Stream.of(
            certified("only for TLS", "invalid FORMAT_FAILURE WRONG_PURPOSE", () -> signer(KeyUsage.digitalSignature, purposes(KeyPurposeId.id_kp_serverAuth))),
            certified("only for encipherment", "indeterminate CHAIN_CONSTRAINTS_FAILURE WRONG_KEY_USAGE", () -> signer(KeyUsage.keyEncipherment, NONE)),
            certified("only for time stamps", "invalid FORMAT_FAILURE WRONG_PURPOSE", () -> signer(KeyUsage.digitalSignature, purposes(KeyPurposeId.id_kp_timeStamping))),
            certified("unknown critical extension", "indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE UNKNOWN_CRITICAL_EXTENSION", () -> signer(SIGNS, builder -> builder.addExtension(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.7"), true, DERNull.INSTANCE))),
            certified("expired", "indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE CERTIFICATE_EXPIRED STATUS_UNUSABLE", () -> Certificates.signer(PKI, PKI.issuing, SUBJECT, PAIR, SIGNS, -2, NONE)),
            certified("not valid yet", "indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE CERTIFICATE_NOT_YET_VALID STATUS_UNUSABLE", () -> {
                X509Certificate later = PKI.certificate(SUBJECT, PAIR.getPublic(), TestPki.Kind.SIGNER, Date.from(Instant.now().plus(Duration.ofDays(1))), 100);
                return new TestKey("later", PAIR.getPrivate(), PKI.chain(later));
            }),
            certified("revoked before signing", "indeterminate REVOKED_NO_POE", () -> {
                TestKey key = signer(SIGNS, NONE);
                PKI.revoked.put(key.chain().getFirst().getSerialNumber(), Instant.now().minus(Duration.ofHours(1)));
                return key;
            }),
            certified("intermediate without the CA flag", "indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE NOT_A_CA", () -> below(PKI.issuing, new BasicConstraints(false), NONE)),
            certified("pathLenConstraint exceeded", "indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE PATH_TOO_LONG", () -> {
                Holder first = Certificates.authority(PKI, PKI.issuing, "CN=One,O=City", new BasicConstraints(0), NONE);
                Holder second = Certificates.authority(PKI, first, "CN=Two,O=City", new BasicConstraints(true), NONE);
                return Certificates.signer(PKI, second, SUBJECT, PAIR, SIGNS, 100, NONE, first, PKI.issuing);
            }),
            certified("name constraints violated", "indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE NAME_CONSTRAINTS", () -> below(PKI.issuing, new BasicConstraints(true), builder -> builder.addExtension(Extension.nameConstraints, true,
                new NameConstraints(new GeneralSubtree[] {new GeneralSubtree(new GeneralName(new X500Name("O=Other,C=VN")))}, null)))),
            certified("signed by a signer", "indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE NOT_A_CA STATUS_BY_STRANGER", () -> Certificates.signer(PKI, new Holder(BENCH.ec.key(), BENCH.ec.chain().getFirst()), SUBJECT, PAIR, SIGNS, 100, NONE, PKI.issuing)),
            certified("self-made root of the same name", "indeterminate NO_CERTIFICATE_CHAIN_FOUND", () -> TestKey.ec(STRANGER)));
    }

    static Stream<Attack> keys() {
        return Stream.of(
            signed("RSA of 1024 bits", "indeterminate CRYPTO_CONSTRAINTS_FAILURE_NO_POE", () -> {
                KeyPair weak = TestPki.rsa(1024);
                TestKey key = Certificates.signer(PKI, PKI.issuing, SUBJECT, weak, SIGNS, 100, NONE);
                return Cms.sign(FILE, "SHA256withRSA", key, key.chain().getFirst(), key.chain());
            }),
            signed("certificate of the same key and another name", "indeterminate NO_SIGNING_CERTIFICATE_FOUND", () -> {
                TestKey own = signer(SIGNS, NONE);
                TestKey other = Certificates.signer(PKI, PKI.issuing, "CN=Chu tich,O=City,C=VN", PAIR, SIGNS, 100, NONE);
                return Cms.sign(FILE, "SHA256withECDSA", other, own.chain().getFirst(), other.chain());
            }));
    }

    @ParameterizedTest
    @MethodSource({"certificates", "keys"})
    void isRefused(Attack attack) throws Exception {
        attack.check(BENCH);
    }

    private static TestKey signer(int usage, Certificates.Extras extras) throws Exception {
        return Certificates.signer(PKI, PKI.issuing, SUBJECT, PAIR, usage, 100, extras);
    }

    private static Certificates.Extras purposes(KeyPurposeId purpose) {
        return builder -> builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    }

    private static TestKey below(Holder issuer, BasicConstraints constraints, Certificates.Extras extras) throws Exception {
        Holder authority = Certificates.authority(PKI, issuer, "CN=Sub,O=City", constraints, extras);
        return Certificates.signer(PKI, authority, SUBJECT, PAIR, SIGNS, 100, NONE, issuer);
    }

    /** XMLDSig's and XAdES's own way is over the same chains; CAdES stands for all. */
    private static Attack certified(String name, String verdict, Keying forged) {
        return new Attack("certificate: " + name, verdict, () -> Sent.of(Cms.sign(FILE, below(PKI.issuing, new BasicConstraints(true), NONE))), () -> Sent.of(Cms.sign(FILE, forged.key())));
    }

    private static Attack signed(String name, String verdict, Signing forged) {
        return new Attack("certificate: " + name, verdict, () -> Sent.of(Cms.sign(FILE, signer(SIGNS, NONE))), () -> Sent.of(forged.make()));
    }
}
