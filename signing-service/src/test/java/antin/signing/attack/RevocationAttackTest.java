package antin.signing.attack;

import static org.assertj.core.api.Assertions.assertThat;

import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.TestPki.Holder;
import antin.signing.TestPki.Kind;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureLevel;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.cms.SignedData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Revocation data that was taken away, or proves nothing, where nobody can be asked: the signature's own data is all that there is. */
class RevocationAttackTest {

    private static final TestPki PKI = new TestPki();
    private static final TestPki STRANGER = new TestPki();
    private static final Bench BENCH = new Bench(PKI, "http://localhost:1/");
    private static final byte[] FILE = "Chi 1.000 cho A\n".getBytes(StandardCharsets.UTF_8);
    private static final TestKey KEY = TestKey.ec(PKI);
    private static final X509Certificate OWN = KEY.chain().getFirst();
    private static final X509Certificate ISSUER = PKI.issuing.certificate();

    private interface Data {
        ASN1Encodable make() throws Exception;
    }

    @AfterAll
    static void stop() {
        BENCH.close();
        STRANGER.close();
    }

    static Stream<Attack> answers() {
        return Stream.of(
            attack("OCSP about another certificate", "indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE STATUS_MISSING", () -> Status.ocsp(TestKey.ec(PKI).chain().getFirst(), ISSUER, unit(), Duration.ZERO)),
            attack("OCSP by a stranger", "indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE STATUS_UNUSABLE", () -> Status.ocsp(OWN, ISSUER, Status.unit(STRANGER, Kind.OCSP), Duration.ZERO)),
            attack("OCSP by a certificate that is not for it", "indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE STATUS_UNUSABLE", () -> Status.ocsp(OWN, ISSUER, Status.unit(PKI, Kind.SIGNER), Duration.ZERO)),
            attack("OCSP by the signer's own key", "indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE STATUS_UNUSABLE", () -> Status.ocsp(OWN, ISSUER, new Holder(KEY.key(), OWN), Duration.ZERO)),
            attack("OCSP of yesterday", "indeterminate TRY_LATER STATUS_UNUSABLE", () -> Status.ocsp(OWN, ISSUER, unit(), Duration.ofHours(20))),
            attack("CRL of another authority", "indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE STATUS_MISSING", () -> Status.crl(STRANGER.issuing.certificate(), STRANGER.issuing.key(), Duration.ZERO, any -> { })),
            attack("CRL by another key", "indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE STATUS_MISSING", () -> Status.crl(ISSUER, KEY.key(), Duration.ZERO, any -> { })),
            attack("CRL with an unknown critical extension", "indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE STATUS_MISSING", () -> Status.crl(ISSUER, PKI.issuing.key(), Duration.ZERO,
                list -> list.addExtension(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.7"), true, DERNull.INSTANCE))),
            attack("CRL of last week", "indeterminate TRY_LATER STATUS_UNUSABLE", () -> Status.crl(ISSUER, PKI.issuing.key(), Duration.ofDays(7), any -> { })));
    }

    /** Any certificate of the authority's vouches for another, where only its own status is asked for. */
    static Stream<Attack> vouched() {
        return Stream.of(new Attack("status: OCSP by a good certificate that is not for it", "indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE STATUS_BY_STRANGER", () -> sent(Status.ocsp(OWN, ISSUER, unit(), Duration.ZERO)), () -> {
            Holder other = Status.unit(PKI, Kind.SIGNER);
            return Sent.of(Status.into(Cms.sign(FILE, KEY), Status.ocsp(OWN, ISSUER, other, Duration.ZERO), Status.ocsp(other.certificate(), ISSUER, unit(), Duration.ZERO), Status.ofAuthority(PKI)));
        }));
    }

    static Stream<Attack> stripped() {
        Attack.Making signed = () -> Sent.of(BENCH.sign("CAdES", FILE, SignatureLevel.LT, Packaging.ENVELOPING, KEY));
        Attack.Making archived = () -> Sent.of(BENCH.sign("XAdES", "<a>1</a>".getBytes(StandardCharsets.UTF_8), SignatureLevel.LTA, Packaging.ENVELOPED, KEY));
        return Stream.of(
            new Attack("status: all of it removed", "indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE STATUS_MISSING", signed, () -> Sent.of(Cms.rebuilt(signed.make().document(),
                old -> new SignedData(old.getDigestAlgorithms(), old.getEncapContentInfo(), old.getCertificates(), null, old.getSignerInfos())))),
            new Attack("status: removed below an archive time stamp", "invalid FORMAT_FAILURE STATUS_MISSING FORGED_TIME_STAMP", archived,
                () -> Sent.of(new String(archived.make().document(), StandardCharsets.UTF_8).replaceAll("(?s)<xades:RevocationValues.*?</xades:RevocationValues>", ""))));
    }

    @ParameterizedTest
    @MethodSource({"answers", "vouched", "stripped"})
    void isRefused(Attack attack) throws Exception {
        attack.check(BENCH);
    }

    /** What an answer says of its own time stays true: level LT is made for that. */
    @Test
    void believesAnswersOfTheTimeOfTheTimeStamp() throws Exception {
        Holder authority = Status.unit(PKI, Kind.TSA);
        Duration before = Duration.ofHours(4);
        byte[] signed = Cms.stamped(Cms.sign(FILE, KEY), authority, List.of(ISSUER), Date.from(Instant.now().minus(Duration.ofHours(5))));
        byte[] told = Status.into(signed, Status.ocsp(OWN, ISSUER, unit(), before), Status.ocsp(authority.certificate(), ISSUER, unit(), before), Status.crl(PKI.root.certificate(), PKI.root.key(), before, any -> { }));
        assertThat(BENCH.verdict(Sent.of(told))).isEqualTo("valid");
    }

    private static Attack attack(String name, String verdict, Data data) {
        return new Attack("status: " + name, verdict, () -> sent(Status.ocsp(OWN, ISSUER, unit(), Duration.ZERO)), () -> sent(data.make()));
    }

    private static Sent sent(ASN1Encodable status) throws Exception {
        return Sent.of(Status.into(Cms.sign(FILE, KEY), status, Status.ofAuthority(PKI)));
    }

    private static Holder unit() {
        return Status.unit(PKI, Kind.OCSP);
    }
}
