package antin.ca.status;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.audit.AuditLog;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeStampingAuthorityTest {

    private static final byte[] SHA_256 = new byte[32];

    @TempDir
    private Path folder;

    private SmallAuthority authority;
    private AuditLog audit;
    private TimeStampingAuthority tsa;

    @BeforeEach
    void start() throws Exception {
        authority = new SmallAuthority();
        audit = AuditLog.open(folder.resolve("audit"), "backbone", Clock.systemUTC());
        tsa = tsa(authority, Clock.systemUTC());
    }

    @AfterEach
    void stop() throws Exception {
        audit.close();
    }

    /** RFC 3161, 2.4.2. */
    @Test
    void refusesForWantOfTimeWhileItsClockIsNotRight() throws Exception {
        ClockState[] state = {new ClockState(ClockState.Verdict.STEPPED, java.util.Optional.empty(), java.util.Optional.empty())};
        TimeStampingAuthority watched = new TimeStampingAuthority(authority.tsa::delegated, audit, Clock.systemUTC(), new SecureRandom(), () -> state[0]);
        byte[] request = query(true).generate(TSPAlgorithms.SHA256, SHA_256).getEncoded();
        TimeStampAnswer refused = watched.answer(request, "somebody");
        assertThat(refused.outcome()).isEqualTo(TimeStampAnswer.Outcome.TIME_NOT_AVAILABLE);
        assertThat(new TimeStampResponse(refused.der()).getFailInfo().intValue()).isEqualTo(PKIFailureInfo.timeNotAvailable);
        state[0] = ClockState.uncompared();
        assertThat(watched.answer(request, "somebody").granted()).isTrue();
    }

    @Test
    void tellsTheTimeToTheMillisecond() throws Exception {
        Instant time = authority.tsa.certificate().getNotBefore().toInstant().plusMillis(60_123);
        TimeStampingAuthority fixed = new TimeStampingAuthority(authority.tsa::delegated, audit, Clock.fixed(time, ZoneOffset.UTC), new SecureRandom());
        TimeStampResponse response = new TimeStampResponse(fixed.answer(query(true).generate(TSPAlgorithms.SHA256, new byte[32]).getEncoded(), "somebody").der());
        assertThat(response.getTimeStampToken().getTimeStampInfo().getGenTime().toInstant()).isEqualTo(time);
    }

    @Test
    void stampsEachDigestWithEverythingThatTheRfcAsksFor() throws Exception {
        for (String digest : List.of("SHA-256", "SHA-384", "SHA-512")) {
            ASN1ObjectIdentifier oid = digest.equals("SHA-256") ? TSPAlgorithms.SHA256 : digest.equals("SHA-384") ? TSPAlgorithms.SHA384 : TSPAlgorithms.SHA512;
            TimeStampRequest request = query(true).generate(oid, MessageDigest.getInstance(digest).digest(new byte[] {1}), BigInteger.valueOf(77));
            TimeStampResponse response = answer(request.getEncoded());
            response.validate(request); // RFC 3161, 2.4.2: status, imprint, nonce, policy
            TimeStampToken token = response.getTimeStampToken();
            assertThat(token.getTimeStampInfo().getNonce()).isEqualTo(77);
            assertThat(token.getTimeStampInfo().getPolicy().getId()).isEqualTo(TimeStampingAuthority.POLICY);
            assertThat(token.getTimeStampInfo().getAccuracy().getSeconds().intValueExact()).isEqualTo(1);
            assertThat(token.getTimeStampInfo().getGenTime().toInstant()).isBetween(Instant.now().minusSeconds(10), Instant.now());
            assertThat(token.getSignedAttributes().get(PKCSObjectIdentifiers.id_aa_signingCertificateV2)).as("RFC 5816").isNotNull();
            assertThat(token.getSignedAttributes().get(PKCSObjectIdentifiers.id_aa_signingCertificate)).as("RFC 5816: not with SHA-1").isNull();
            assertThat(token.getCertificates().getMatches(null)).hasSize(2);
        }
    }

    @Test
    void neverGivesASerialTwiceAndHoldsCertificatesOnlyWhereAsked() throws Exception {
        TimeStampResponse one = answer(query(false).generate(TSPAlgorithms.SHA256, SHA_256).getEncoded());
        TimeStampResponse other = answer(query(false).generate(TSPAlgorithms.SHA256, SHA_256).getEncoded());
        assertThat(one.getTimeStampToken().getTimeStampInfo().getSerialNumber()).isNotEqualTo(other.getTimeStampToken().getTimeStampInfo().getSerialNumber());
        assertThat(one.getTimeStampToken().getTimeStampInfo().getSerialNumber().bitLength()).isGreaterThan(127);
        assertThat(one.getTimeStampToken().getCertificates().getMatches(null)).isEmpty();
    }

    @Test
    void keepsEachUseOfItsKeyInTheAuditLogBeforeAndAfter() throws Exception {
        TimeStampToken token = answer(query(true).generate(TSPAlgorithms.SHA256, SHA_256).getEncoded()).getTimeStampToken();
        String serial = token.getTimeStampInfo().getSerialNumber().toString(16);
        List<String> lines = Files.readAllLines(folder.resolve("audit/backbone.log"));
        assertThat(lines).hasSize(TimeStampingAuthority.AUDIT_LINES);
        assertThat(lines.get(0)).contains("\"act\":\"timestamp.sign\"", "\"outcome\":\"begun\"", "\"from\":\"192.0.2.1\"", serial, "0".repeat(64));
        assertThat(lines.get(1)).contains("\"outcome\":\"done\"", serial);
    }

    @Test
    void refusesWithTheRfcsReason() throws Exception {
        assertFailure(query(true).generate(TSPAlgorithms.SHA1, new byte[20]).getEncoded(), PKIFailureInfo.badAlg);
        assertFailure(query(true).generate(TSPAlgorithms.SHA256, new byte[31]).getEncoded(), PKIFailureInfo.badDataFormat);
        assertFailure(query(true).generate(TSPAlgorithms.SHA512, new byte[32]).getEncoded(), PKIFailureInfo.badDataFormat);
        TimeStampRequestGenerator otherPolicy = query(true);
        otherPolicy.setReqPolicy(new ASN1ObjectIdentifier("1.2.3.4"));
        assertFailure(otherPolicy.generate(TSPAlgorithms.SHA256, SHA_256).getEncoded(), PKIFailureInfo.unacceptedPolicy);
        TimeStampRequestGenerator extended = query(true);
        extended.addExtension(new ASN1ObjectIdentifier("1.2.3.4"), false, new byte[] {5, 0});
        assertFailure(extended.generate(TSPAlgorithms.SHA256, SHA_256).getEncoded(), PKIFailureInfo.unacceptedExtension);
        assertThat(folder.resolve("audit/backbone.log")).as("the key was not used").isEmptyFile();
    }

    @Test
    void answersWhateverComesIn() throws Exception {
        byte[] good = query(true).generate(TSPAlgorithms.SHA256, SHA_256).getEncoded();
        HostileOctets.all(good).forEach((what, octets) -> assertThat(tsa.answer(octets, "test").granted()).as(what).isFalse());
        assertFailure(new byte[0], PKIFailureInfo.badDataFormat);
        for (int i = 0; i < good.length; i++) {
            byte[] changed = good.clone();
            changed[i] ^= 0x41;
            assertThat(tsa.answer(changed, "test").der()).isNotEmpty();
        }
        assertThat(tsa.answer(good, "test").granted()).isTrue();
    }

    @Test
    void satisfiesOpenssl() throws Exception {
        Openssl openssl = Openssl.in(folder);
        Files.writeString(folder.resolve("document"), "a document");
        SmallAuthority.pem(folder.resolve("root.pem"), authority.root.certificate());
        for (String digest : List.of("-sha256", "-sha384", "-sha512")) {
            openssl.says("ts", "-query", "-data", "document", digest, "-cert", "-out", "request.tsq");
            Files.write(folder.resolve("answer.tsr"), tsa.answer(Files.readAllBytes(folder.resolve("request.tsq")), "test").der());
            assertThat(openssl.says("ts", "-verify", "-queryfile", "request.tsq", "-in", "answer.tsr", "-CAfile", "root.pem")).contains("Verification: OK");
        }
        assertThat(openssl.says("ts", "-reply", "-in", "answer.tsr", "-text")).contains("Status: Granted", "Accuracy: 0x01 seconds", "Policy OID: " + TimeStampingAuthority.POLICY);
        byte[] refusal = tsa.answer(new byte[] {0x30, 0}, "test").der();
        Files.write(folder.resolve("answer.tsr"), refusal);
        assertThat(openssl.says("ts", "-reply", "-in", "answer.tsr", "-text")).contains("Rejected", "the data submitted has the wrong format");
    }

    @Test
    void isBelievedByItsRootAndForItsValueOnly() throws Exception {
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(new byte[] {3});
        byte[] response = tsa.answer(query(true).generate(TSPAlgorithms.SHA256, sha256).getEncoded(), "test").der();
        TimeStampCheck check = new TimeStampCheck(List.of(authority.root.certificate()));
        assertThat(check.time(sha256, response)).hasValueSatisfying(time -> assertThat(Duration.between(time, Instant.now())).isLessThan(Duration.ofSeconds(10)));
        assertThat(check.time(SHA_256, response)).as("another value").isEmpty();
        assertThat(new TimeStampCheck(List.of(new SmallAuthority().root.certificate())).time(sha256, response)).as("another root").isEmpty();
        assertThat(check.time(sha256, tsa.answer(query(false).generate(TSPAlgorithms.SHA256, sha256).getEncoded(), "test").der())).as("no certificate").isEmpty();
        HostileOctets.all(response).forEach((what, octets) -> assertThat(check.time(sha256, octets)).as(what).isEmpty());
        int wrong = 0;
        for (int i = 0; i < response.length; i++) {
            byte[] changed = response.clone();
            changed[i] ^= 1;
            wrong += check.time(sha256, changed).isPresent() ? 1 : 0;
        }
        assertThat(wrong).as("octets that may change unseen: none of what is signed").isLessThan(response.length / 20);
    }

    @Test
    void isNotBelievedAfterItsCertificateEnded() throws Exception {
        byte[] request = query(true).generate(TSPAlgorithms.SHA256, SHA_256).getEncoded();
        byte[] late = tsa(authority, Clock.offset(Clock.systemUTC(), Duration.ofDays(3))).answer(request, "test").der();
        assertThat(new TimeStampCheck(List.of(authority.root.certificate())).time(SHA_256, late)).isEmpty();
    }

    private void assertFailure(byte[] request, int reason) throws Exception {
        TimeStampResponse response = answer(request);
        assertThat(response.getStatus()).isEqualTo(2);
        assertThat(response.getFailInfo().intValue()).isEqualTo(reason);
        assertThat(response.getTimeStampToken()).isNull();
    }

    private TimeStampResponse answer(byte[] request) throws Exception {
        return new TimeStampResponse(tsa.answer(request, "192.0.2.1").der());
    }

    private TimeStampingAuthority tsa(SmallAuthority of, Clock clock) {
        return new TimeStampingAuthority(of.tsa::delegated, audit, clock, new SecureRandom());
    }

    private static TimeStampRequestGenerator query(boolean certificates) {
        TimeStampRequestGenerator query = new TimeStampRequestGenerator();
        query.setCertReq(certificates);
        return query;
    }
}
