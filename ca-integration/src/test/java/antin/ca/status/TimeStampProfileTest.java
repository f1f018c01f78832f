package antin.ca.status;

import static org.assertj.core.api.Assertions.assertThat;

import antin.ca.TestKeys;
import antin.kernel.audit.AuditLog;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampToken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * RFC 3161 with RFC 5816 and ETSI EN 319 422 (v1.1.1), requirement by requirement: a test is a line of the table in docs/status.md. With the key and certificate that the bootstrap
 * makes. How it goes over HTTP (RFC 3161, 3.4; EN 319 422, 7) is in StatusTest of backbone.
 */
class TimeStampProfileTest {

    private static final byte[] IMPRINT = new byte[32];
    private static final int GRANTED = 0;
    private static final int REJECTION = 2;
    private static final String QC_STATEMENTS = "1.3.6.1.5.5.7.1.3";

    @TempDir
    private static Path home;
    private static DelegatedKey key;
    private static AuditLog audit;

    @BeforeAll
    static void bootstrap() throws Exception {
        key = TestKeys.timeStamps(home);
        audit = AuditLog.open(home.resolve("audit-of-stamps"), "backbone", Clock.systemUTC());
    }

    @AfterAll
    static void stop() throws Exception {
        audit.close();
    }

    /** RFC 3161, 2.4.1, hashAlgorithm; EN 319 422, 5.1 and 8, with TS 119 312. */
    @Test
    void takesTheDigestsOfToday() throws Exception {
        for (Map.Entry<String, ASN1ObjectIdentifier> digest : new TreeMap<>(Map.of("SHA-256", TSPAlgorithms.SHA256, "SHA-384", TSPAlgorithms.SHA384, "SHA-512", TSPAlgorithms.SHA512,
            "SHA3-256", TSPAlgorithms.SHA3_256, "SHA3-384", TSPAlgorithms.SHA3_384, "SHA3-512", TSPAlgorithms.SHA3_512)).entrySet()) {
            byte[] imprint = MessageDigest.getInstance(digest.getKey()).digest(new byte[] {1});
            TSTInfo info = granted(query().generate(digest.getValue(), imprint).getEncoded());
            assertThat(info.getMessageImprint().getHashAlgorithm().getAlgorithm()).as(digest.getKey()).isEqualTo(digest.getValue());
            assertThat(info.getMessageImprint().getHashedMessage()).isEqualTo(imprint);
        }
    }

    /** RFC 3161, 2.4.1: badAlg for a digest that is unknown or weak, badDataFormat for another length. */
    @Test
    void refusesOtherDigestsAndLengths() throws Exception {
        for (ASN1ObjectIdentifier weak : List.of(TSPAlgorithms.SHA1, TSPAlgorithms.MD5, TSPAlgorithms.SHA224, TSPAlgorithms.RIPEMD160, new ASN1ObjectIdentifier("1.2.3.4"))) {
            assertRejected(query().generate(weak, new byte[20]).getEncoded(), PKIFailureInfo.badAlg);
        }
        assertRejected(query().generate(TSPAlgorithms.SHA256, new byte[20]).getEncoded(), PKIFailureInfo.badDataFormat);
    }

    /** RFC 3161, 2.4.1: version 1. */
    @Test
    void refusesAnotherVersion() throws Exception {
        assertRejected(request(2, new AlgorithmIdentifier(TSPAlgorithms.SHA256)), PKIFailureInfo.badRequest);
    }

    /** RFC 3161, 2.4.2: the imprint is the request's, octet by octet, with or without parameters of the digest (RFC 5754, 2). */
    @Test
    void repeatsTheImprintAsItCame() throws Exception {
        for (AlgorithmIdentifier digest : List.of(new AlgorithmIdentifier(TSPAlgorithms.SHA256), new AlgorithmIdentifier(TSPAlgorithms.SHA256, DERNull.INSTANCE))) {
            assertThat(granted(request(1, digest)).getMessageImprint().getHashAlgorithm()).isEqualTo(digest);
        }
    }

    /** RFC 3161, 2.4.1, reqPolicy; EN 319 422, 5.1. */
    @Test
    void stampsUnderThePolicyThatIsAskedForOrNone() throws Exception {
        TimeStampRequestGenerator ours = query();
        ours.setReqPolicy(new ASN1ObjectIdentifier(TimeStampingAuthority.POLICY));
        assertThat(granted(ours.generate(TSPAlgorithms.SHA256, IMPRINT).getEncoded()).getPolicy().getId()).isEqualTo(TimeStampingAuthority.POLICY);
        assertThat(granted(plain()).getPolicy().getId()).isEqualTo(TimeStampingAuthority.POLICY);
        TimeStampRequestGenerator other = query();
        other.setReqPolicy(new ASN1ObjectIdentifier("0.4.0.2023.1.1"));
        assertRejected(other.generate(TSPAlgorithms.SHA256, IMPRINT).getEncoded(), PKIFailureInfo.unacceptedPolicy);
    }

    /** RFC 3161, 2.4.1, nonce (64 bits, and more); EN 319 422, 5.1. */
    @Test
    void repeatsTheNonceHoweverLong() throws Exception {
        for (int bits : List.of(1, 63, 64, 65, 160, 512)) {
            BigInteger nonce = BigInteger.ONE.shiftLeft(bits - 1);
            assertThat(granted(query().generate(TSPAlgorithms.SHA256, IMPRINT, nonce).getEncoded()).getNonce().getValue()).isEqualTo(nonce);
        }
        assertThat(granted(plain()).getNonce()).isNull();
    }

    /** RFC 3161, 2.4.1, certReq; EN 319 422, 5.1: the signer's certificate where it is asked for, and none otherwise. */
    @Test
    void holdsItsCertificateWhereItIsAskedFor() throws Exception {
        assertThat(signed(plain()).getCertificates()).isNotNull();
        TimeStampRequestGenerator without = new TimeStampRequestGenerator();
        assertThat(signed(without.generate(TSPAlgorithms.SHA256, IMPRINT).getEncoded()).getCertificates()).isNull();
    }

    /** RFC 3161, 2.4.1, extensions: unacceptedExtension for one that is not known, critical or not. */
    @Test
    void refusesUnknownExtensions() throws Exception {
        for (boolean critical : List.of(true, false)) {
            TimeStampRequestGenerator extended = query();
            extended.addExtension(new ASN1ObjectIdentifier("1.2.3.4"), critical, new byte[] {5, 0});
            assertRejected(extended.generate(TSPAlgorithms.SHA256, IMPRINT).getEncoded(), PKIFailureInfo.unacceptedExtension);
        }
    }

    /** RFC 3161, 2.4.2: status, and one reason where it is no stamp, with a text; no token then. */
    @Test
    void saysWhetherItIsGrantedAndWhyNot() throws Exception {
        TimeStampResp granted = response(plain());
        assertThat(granted.getStatus().getStatus().intValue()).isEqualTo(GRANTED);
        assertThat(granted.getStatus().getFailInfo()).isNull();
        assertRejected(new byte[] {0x30, 0}, PKIFailureInfo.badDataFormat);
        TimeStampingAuthority stepped = new TimeStampingAuthority(() -> key, audit, Clock.systemUTC(), new SecureRandom(),
            () -> new ClockState(ClockState.Verdict.STEPPED, Optional.empty(), Optional.empty()));
        assertRejected(TimeStampResp.getInstance(stepped.answer(plain(), "test").der()), PKIFailureInfo.timeNotAvailable);
    }

    /** RFC 3161, 2.4.2, genTime: UTC, a fraction only where there is one, without zeros at its end; EN 319 422, 5.2. */
    @Test
    void writesTheTimeAsDerWantsIt() throws Exception {
        Instant begin = key.certificate().getNotBefore().toInstant().plusSeconds(60);
        for (Map.Entry<Integer, String> millis : Map.of(0, "Z", 100, ".1Z", 120, ".12Z", 123, ".123Z").entrySet()) {
            TimeStampingAuthority fixed = new TimeStampingAuthority(() -> key, audit, Clock.fixed(begin.plusMillis(millis.getKey()), ZoneOffset.UTC), new SecureRandom());
            TSTInfo info = info(signed(TimeStampResp.getInstance(fixed.answer(plain(), "test").der())));
            assertThat(info.getGenTime().getTimeString()).matches("\\d{14}" + millis.getValue().replace(".", "\\."));
        }
    }

    /** RFC 3161, 2.4.2, accuracy; EN 319 422, 5.2: present, one second or better. */
    @Test
    void tellsItsAccuracy() throws Exception {
        TSTInfo info = granted(plain());
        assertThat(info.getAccuracy().getSeconds().getValue()).isBetween(BigInteger.ZERO, BigInteger.ONE);
        assertThat(info.getAccuracy().getMillis()).isNull();
        assertThat(info.getAccuracy().getMicros()).isNull();
    }

    /** RFC 3161, 2.4.2, ordering; EN 319 422, 5.2: absent or false; DER leaves the default out. */
    @Test
    void promisesNoOrder() throws Exception {
        TSTInfo info = granted(plain());
        assertThat(info.getOrdering() == null || !info.getOrdering().isTrue()).isTrue();
    }

    /** RFC 3161, 2.4.2, tsa: where it is there it is a name of the certificate; ours leaves it to the certificate. EN 319 422, 5.2: no critical extension. */
    @Test
    void saysNothingOfItselfThatTheCertificateDoesNot() throws Exception {
        TSTInfo info = granted(plain());
        assertThat(info.getTsa() == null || X500Name.getInstance(info.getTsa().getName()).equals(subject())).isTrue();
        assertThat(info.getExtensions()).isNull();
        assertThat(info.getVersion().intValueExact()).isEqualTo(1);
    }

    /** RFC 3161, 2.4.2, serialNumber: never twice, also after a crash, and up to 160 bits. */
    @Test
    void givesEachStampASerialOfItsOwn() throws Exception {
        BigInteger one = granted(plain()).getSerialNumber().getValue();
        assertThat(one).isNotEqualTo(granted(plain()).getSerialNumber().getValue());
        assertThat(one.bitLength()).isBetween(64, 160);
    }

    /** RFC 3161, 2.4.2: SignedData with eContentType id-ct-TSTInfo, and one signature, the authority's. */
    @Test
    void isSignedDataWithOneSignature() throws Exception {
        SignedData signed = signed(plain());
        assertThat(signed.getEncapContentInfo().getContentType()).isEqualTo(PKCSObjectIdentifiers.id_ct_TSTInfo);
        assertThat(signed.getSignerInfos().size()).isEqualTo(1);
        assertThat(signed.getVersion().intValueExact()).as("RFC 5652, 5.1: other content").isEqualTo(3);
    }

    /** RFC 5652, 5.3; RFC 5816, 2.2.1; EN 319 422, 5.2: content type, digest and ESSCertIDv2 are signed, and no ESSCertID with SHA-1 is there. */
    @Test
    void signsWhichCertificateItIs() throws Exception {
        SignerInfo signer = SignerInfo.getInstance(signed(plain()).getSignerInfos().getObjectAt(0));
        AttributeTable attributes = new AttributeTable(signer.getAuthenticatedAttributes());
        assertThat(attributes.get(CMSAttributes.contentType).getAttrValues().getObjectAt(0)).isEqualTo(PKCSObjectIdentifiers.id_ct_TSTInfo);
        assertThat(attributes.get(CMSAttributes.messageDigest)).isNotNull();
        assertThat(attributes.get(PKCSObjectIdentifiers.id_aa_signingCertificate)).isNull();
        assertThat(attributes.getAll(PKCSObjectIdentifiers.id_aa_signingCertificateV2).size()).isEqualTo(1);
        ESSCertIDv2 first = SigningCertificateV2.getInstance(attributes.get(PKCSObjectIdentifiers.id_aa_signingCertificateV2).getAttrValues().getObjectAt(0)).getCerts()[0];
        assertThat(first.getHashAlgorithm().getAlgorithm()).isEqualTo(TSPAlgorithms.SHA256);
        assertThat(first.getCertHash()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(key.certificate().getEncoded()));
        assertThat(signer.getUnauthenticatedAttributes()).isNull();
    }

    /** RFC 3161, 2.3; EN 319 422, 6: one purpose, critical; a key for signing and nothing else; strong. */
    @Test
    void signsWithAKeyForTimeStampsAlone() throws Exception {
        X509Certificate certificate = key.certificate();
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.8");
        assertThat(certificate.getCriticalExtensionOIDs()).contains("2.5.29.37", "2.5.29.15");
        boolean[] usage = certificate.getKeyUsage();
        for (int bit = 2; bit < usage.length; bit++) {
            assertThat(usage[bit]).as("only digitalSignature (0) and nonRepudiation (1)").isFalse();
        }
        assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("EC");
        assertThat(certificate.getSigAlgName()).doesNotContain("SHA1");
    }

    /** EN 319 422, 6: the subject names country, organisation and the unit itself. */
    @Test
    void namesItself() {
        for (ASN1ObjectIdentifier part : List.of(BCStyle.C, BCStyle.O, BCStyle.CN)) {
            assertThat(subject().getRDNs(part)).hasSize(1);
        }
    }

    /** EN 319 422, 9: it is no qualified time stamp, and nothing says that it is. */
    @Test
    void claimsNoQualification() throws Exception {
        assertThat(key.certificate().getExtensionValue(QC_STATEMENTS)).isNull();
        assertThat(granted(plain()).getExtensions()).isNull();
    }

    /** An independent reader. */
    @Test
    void satisfiesOpensslWithTheBootstrapsCertificate() throws Exception {
        Openssl openssl = Openssl.in(home);
        Files.writeString(home.resolve("document"), "a document");
        SmallAuthority.pem(home.resolve("stamps-root.pem"), key.root());
        for (String digest : List.of("-sha256", "-sha512", "-sha3-256")) {
            openssl.says("ts", "-query", "-data", "document", digest, "-cert", "-out", "request.tsq");
            Files.write(home.resolve("answer.tsr"), tsa().answer(Files.readAllBytes(home.resolve("request.tsq")), "test").der());
            assertThat(openssl.says("ts", "-verify", "-queryfile", "request.tsq", "-in", "answer.tsr", "-CAfile", "stamps-root.pem")).as(digest).contains("Verification: OK");
        }
        assertThat(openssl.says("ts", "-reply", "-in", "answer.tsr", "-text")).contains("Status: Granted", "Ordering: no", "TSA: unspecified");
    }

    private static TimeStampingAuthority tsa() {
        return new TimeStampingAuthority(() -> key, audit, Clock.systemUTC(), new SecureRandom());
    }

    private static X500Name subject() {
        return X500Name.getInstance(key.certificate().getSubjectX500Principal().getEncoded());
    }

    private static TimeStampRequestGenerator query() {
        TimeStampRequestGenerator query = new TimeStampRequestGenerator();
        query.setCertReq(true);
        return query;
    }

    private static byte[] plain() throws Exception {
        return query().generate(TSPAlgorithms.SHA256, IMPRINT).getEncoded();
    }

    /** TimeStampReq ::= SEQUENCE { version, messageImprint } */
    private static byte[] request(int version, AlgorithmIdentifier digest) throws Exception {
        return new DERSequence(new ASN1Encodable[] {new ASN1Integer(version), new DERSequence(new ASN1Encodable[] {digest, new DEROctetString(IMPRINT)})}).getEncoded();
    }

    private TimeStampResp response(byte[] request) {
        return TimeStampResp.getInstance(tsa().answer(request, "192.0.2.1").der());
    }

    private TSTInfo granted(byte[] request) throws Exception {
        return info(signed(request));
    }

    private SignedData signed(byte[] request) {
        return signed(response(request));
    }

    private static SignedData signed(TimeStampResp response) {
        assertThat(response.getStatus().getStatus().intValue()).isEqualTo(GRANTED);
        ContentInfo token = response.getTimeStampToken();
        assertThat(token.getContentType()).isEqualTo(PKCSObjectIdentifiers.signedData);
        return SignedData.getInstance(token.getContent());
    }

    private static TSTInfo info(SignedData signed) throws Exception {
        return new TimeStampToken(new ContentInfo(PKCSObjectIdentifiers.signedData, signed)).getTimeStampInfo().toASN1Structure();
    }

    private void assertRejected(byte[] request, int reason) {
        assertRejected(response(request), reason);
    }

    private static void assertRejected(TimeStampResp response, int reason) {
        assertThat(response.getStatus().getStatus().intValue()).isEqualTo(REJECTION);
        assertThat(new PKIFailureInfo(response.getStatus().getFailInfo()).intValue()).isEqualTo(reason);
        assertThat(response.getStatus().getStatusString().getStringAtUTF8(0).getString()).isNotBlank();
        assertThat(response.getTimeStampToken()).isNull();
    }
}
