package antin.signing.attack;

import static antin.signing.attack.Certificates.SIGNS;
import static org.assertj.core.api.Assertions.assertThat;

import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.TestPki.Holder;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureLevel;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Time stamps that are over something else, by nobody, or at an impossible time. */
class TimeStampAttackTest {

    private static final Bench BENCH = new Bench();
    private static final TestPki PKI = BENCH.pki;
    private static final TestPki STRANGER = new TestPki();
    private static final byte[] FILE = "Chi 1.000 cho A\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] XML = "<chi><so>1.000</so></chi>".getBytes(StandardCharsets.UTF_8);
    private static final String SUBJECT = "CN=Van phong,OU=ubnd-tp,O=City,C=VN";
    private static final KeyPair PAIR = TestPki.ec("secp256r1");
    private static final List<X509Certificate> ABOVE = List.of(PKI.issuing.certificate());
    private static final Pattern TOKEN = Pattern.compile("(?s)<xades:EncapsulatedTimeStamp[^>]*>([^<]*)</");

    private interface Signing {
        byte[] make() throws Exception;
    }

    @AfterAll
    static void stop() {
        BENCH.close();
        STRANGER.close();
    }

    static Stream<Attack> forged() {
        return Stream.of(
            stamped("over something else", "invalid FORMAT_FAILURE FORGED_TIME_STAMP", () -> Cms.stamped(signed(), unit(), ABOVE, new Date(), FILE)),
            stamped("of another signature", "invalid FORMAT_FAILURE FORGED_TIME_STAMP", () -> Cms.with(signed(), Cms.token(Cms.value(signed()), unit(), ABOVE, new Date()))),
            stamped("with another time", "invalid FORMAT_FAILURE FORGED_TIME_STAMP", () -> {
                byte[] signed = signed();
                return Cms.with(signed, earlier(Cms.token(Cms.value(signed), unit(), ABOVE, new Date())));
            }),
            stamped("by another key", "invalid FORMAT_FAILURE FORGED_TIME_STAMP", () -> Cms.stamped(signed(), new Holder(BENCH.ec.key(), unit().certificate()), ABOVE, new Date())),
            stamped("forged beside a good one", "invalid FORMAT_FAILURE FORGED_TIME_STAMP", () -> {
                byte[] signed = signed();
                return Cms.with(signed, Cms.token(Cms.value(signed), unit(), ABOVE, new Date()), Cms.token(FILE, unit(), ABOVE, new Date()));
            }),
            stamped("by a unit whose purpose is not critical", "indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE UNFIT_TIME_STAMP", () -> Cms.stamped(signed(), unit(false, KeyPurposeId.id_kp_timeStamping), ABOVE, new Date())),
            stamped("by a unit with more purposes", "indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE UNFIT_TIME_STAMP", () -> Cms.stamped(signed(), unit(true, KeyPurposeId.id_kp_timeStamping, KeyPurposeId.id_kp_emailProtection), ABOVE, new Date())));
    }

    static Stream<Attack> noProof() {
        return Stream.of(
            stamped("of an expired signer, forged", "invalid FORMAT_FAILURE CERTIFICATE_EXPIRED STATUS_UNUSABLE FORGED_TIME_STAMP", () -> Cms.stamped(Cms.sign(FILE, expired()), unit(), ABOVE, hoursAgo(70), FILE)),
            stamped("of an expired signer, by a stranger", "indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE CERTIFICATE_EXPIRED STATUS_UNUSABLE", () -> Cms.stamped(Cms.sign(FILE, expired()), stranger(), List.of(STRANGER.issuing.certificate()), hoursAgo(70))),
            stamped("of an expired signer, by a unit that is none", "indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE CERTIFICATE_EXPIRED STATUS_UNUSABLE UNFIT_TIME_STAMP", () -> Cms.stamped(Cms.sign(FILE, expired()), Status.unit(PKI, TestPki.Kind.SIGNER), ABOVE, hoursAgo(70))),
            stamped("of an expired signer, after it", "indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE CERTIFICATE_EXPIRED STATUS_UNUSABLE", () -> Cms.stamped(Cms.sign(FILE, expired()), unit(), ABOVE, new Date())),
            stamped("after revocation", "indeterminate REVOKED_NO_POE", () -> Cms.stamped(Cms.sign(FILE, revoked(2)), unit(), ABOVE, hoursAgo(1))),
            stamped("after revocation, said to be before by a stranger", "indeterminate REVOKED_NO_POE", () -> Cms.stamped(Cms.sign(FILE, revoked(2)), stranger(), List.of(STRANGER.issuing.certificate()), hoursAgo(3))),
            stamped("before the certificate", "invalid NOT_YET_VALID", () -> Cms.stamped(signed(), unit(), ABOVE, hoursAgo(70))),
            stamped("in another order", "indeterminate TIMESTAMP_ORDER_FAILURE", () -> {
                byte[] content = Cms.token(FILE, unit(), ABOVE, hoursAgo(1));
                byte[] signed = Cms.sign(FILE, signer(), new Attribute(PKCSObjectIdentifiers.id_aa_ets_contentTimestamp, Cms.set(content)));
                return Cms.stamped(signed, unit(), ABOVE, hoursAgo(3));
            }));
    }

    static Stream<Attack> elsewhere() {
        Attack.Making honest = () -> Sent.of(xades(SignatureLevel.T));
        Attack.Making archived = () -> Sent.of(xades(SignatureLevel.LTA));
        Attack.Making cades = () -> Sent.of(BENCH.sign("CAdES", FILE, SignatureLevel.LTA, Packaging.ENVELOPING, BENCH.ec));
        return Stream.of(
            new Attack("XAdES, time stamp: of another signature", "invalid FORMAT_FAILURE FORGED_TIME_STAMP", honest, () -> Sent.of(exchanged(xades(SignatureLevel.T), xades(SignatureLevel.T)))),
            new Attack("XAdES, time stamp: removed below an archive time stamp", "invalid FORMAT_FAILURE FORGED_TIME_STAMP", archived, () -> Sent.of(text(xades(SignatureLevel.LTA)).replaceAll("(?s)<xades:SignatureTimeStamp.*?</xades:SignatureTimeStamp>", ""))),
            new Attack("CAdES, time stamp: removed below an archive time stamp", "invalid FORMAT_FAILURE FORGED_TIME_STAMP", cades, () -> Sent.of(Cms.withSigner(cades.make().document(), TimeStampAttackTest::withoutTimeStamp))));
    }

    @ParameterizedTest
    @MethodSource({"forged", "noProof", "elsewhere"})
    void isRefused(Attack attack) throws Exception {
        attack.check(BENCH);
    }

    @Test
    void believesAGenuineTimeStampBeforeTheEnd() throws Exception {
        assertThat(BENCH.verdict(Sent.of(Cms.stamped(Cms.sign(FILE, revoked(2)), unit(), ABOVE, hoursAgo(3))))).as("revoked later").isEqualTo("valid");
        TestKey over = expired();
        byte[] signed = Cms.stamped(Cms.sign(FILE, over, new Attribute(CMSAttributes.signingTime, new DERSet(new Time(hoursAgo(71))))), unit(), ABOVE, hoursAgo(70));
        byte[] told = Status.into(signed, Status.ocsp(over.chain().getFirst(), PKI.issuing.certificate(), Status.unit(PKI, TestPki.Kind.OCSP), Duration.ofHours(69)));
        assertThat(BENCH.verdict(Sent.of(told))).as("expired later").isEqualTo("valid");
    }

    @Test
    void takesAStrangersTimeStampForNone() throws Exception {
        assertThat(BENCH.verdict(Sent.of(Cms.stamped(signed(), stranger(), List.of(STRANGER.issuing.certificate()), new Date())))).isEqualTo("valid");
    }

    private static byte[] xades(SignatureLevel level) {
        return BENCH.sign("XAdES", XML, level, Packaging.ENVELOPED, BENCH.ec);
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }

    /** The first with the second's token. */
    private static String exchanged(byte[] one, byte[] other) {
        Matcher token = TOKEN.matcher(text(other));
        assertThat(token.find()).isTrue();
        Matcher own = TOKEN.matcher(text(one));
        assertThat(own.find()).isTrue();
        return text(one).replace(own.group(1), token.group(1));
    }

    private static SignerInfo withoutTimeStamp(SignerInfo old) {
        AttributeTable table = new AttributeTable(old.getUnauthenticatedAttributes()).remove(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken);
        return new SignerInfo(old.getSID(), old.getDigestAlgorithm(), old.getAuthenticatedAttributes(), old.getDigestEncryptionAlgorithm(), old.getEncryptedDigest(),
            new org.bouncycastle.asn1.BERSet(table.toASN1EncodableVector()));
    }

    /** Its first time (GeneralizedTime) is a year earlier, and nothing else is changed. */
    private static byte[] earlier(byte[] token) {
        byte[] changed = token.clone();
        for (int i = 0; i < changed.length - 16; i++) {
            if (changed[i] == 0x18 && changed[i + 1] == 15) {
                changed[i + 5]--;
                return changed;
            }
        }
        throw new IllegalArgumentException(Arrays.toString(token));
    }

    private static byte[] signed() throws Exception {
        return Cms.sign(FILE, signer());
    }

    private static TestKey signer() throws Exception {
        return Certificates.signer(PKI, PKI.issuing, SUBJECT, PAIR, SIGNS, 100, any -> { });
    }

    /** From eleven days ago to two days ago. */
    private static TestKey expired() throws Exception {
        return Certificates.signer(PKI, PKI.issuing, SUBJECT, PAIR, SIGNS, -2, any -> { });
    }

    private static TestKey revoked(int hoursAgo) throws Exception {
        TestKey key = signer();
        PKI.revoked.put(key.chain().getFirst().getSerialNumber(), hoursAgo(hoursAgo).toInstant());
        return key;
    }

    private static Date hoursAgo(int hours) {
        return Date.from(Instant.now().minus(Duration.ofHours(hours)));
    }

    private static Holder unit() {
        return unit(PKI);
    }

    private static Holder stranger() {
        return unit(STRANGER);
    }

    private static Holder unit(TestPki pki) {
        KeyPair pair = TestPki.ec("secp256r1");
        return new Holder(pair.getPrivate(), pki.certificate("CN=Unit", pair.getPublic(), TestPki.Kind.TSA, hoursAgo(24 * 20), 100));
    }

    private static Holder unit(boolean critical, KeyPurposeId... purposes) throws Exception {
        KeyPair pair = TestPki.ec("secp256r1");
        return new Holder(pair.getPrivate(), Certificates.issue(PKI, PKI.issuing, "CN=Unit", pair, 100, builder -> {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, critical, new ExtendedKeyUsage(purposes));
        }));
    }

    private static Attack stamped(String name, String verdict, Signing forged) {
        return new Attack("time stamp: " + name, verdict, () -> Sent.of(Cms.stamped(signed(), unit(), ABOVE, new Date())), () -> Sent.of(forged.make()));
    }
}
