package antin.ca.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.ca.RevocationReason;
import antin.ca.external.OutsideAuthority.Attribute;
import antin.ca.external.OutsideRequests.State;
import antin.ca.external.OutsideRequests.Wish;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditLog;
import com.sun.net.httpserver.HttpServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A government's authority with its CRL over HTTP, and people who register what it gave them. */
class RegistrationsTest {

    private static EmbeddedPostgres postgres;
    private static int serials = 1000;

    @TempDir
    Path folder;
    private final KeyPair rootKeys = keys("EC", 256);
    private List<X509Certificate> between = List.of();
    private List<Attribute> rules = List.of(Attribute.UID);
    private final AtomicReference<byte[]> crlBetween = new AtomicReference<>(new byte[0]);
    private final AtomicReference<byte[]> crl = new AtomicReference<>(new byte[0]);
    private HttpServer server;
    private AuditLog audit;
    private X509Certificate root;
    private Registrations registrations;
    private OutsideRequests requests;
    private final Owner an = new Owner("000001", "Nguyễn Văn An", Set.of("000001"), List.of("an@city.example"));

    @BeforeAll
    static void startDatabase() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        Flyway.configure().dataSource(postgres.getPostgresDatabase()).locations(Registrations.MIGRATIONS).load().migrate();
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void start() throws Exception {
        root = certificate("CN=Root of the government,C=VN", rootKeys, true, Duration.ofDays(3650));
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            byte[] list = exchange.getRequestURI().getPath().equals("/between") ? crlBetween.get() : crl.get();
            exchange.sendResponseHeaders(200, list.length);
            exchange.getResponseBody().write(list);
            exchange.close();
        });
        server.start();
        audit = AuditLog.open(folder, "test", Clock.systemUTC());
        registrations = at(Instant.now());
        requests = new OutsideRequests(postgres.getPostgresDatabase(), audit, Clock.systemUTC());
        revoke(List.of());
    }

    @AfterEach
    void stop() throws Exception {
        registrations.close();
        server.stop(0);
        audit.close();
    }

    @Test
    void registersByARawSignatureOfEachKind() throws Exception {
        KeyPair rsa = keys("RSA", 3072);
        X509Certificate certificate = person(rsa, "000001");
        Challenge first = registrations.challenge(an, "000001", "signing", certificate.getEncoded());
        assertThat(new String(first.toBeSigned(), StandardCharsets.UTF_8)).contains("owner: 000001", "purpose: signing");
        Registered registered = registrations.register(an, an.id(), first.id(), new Proof(Proof.Form.RSA_PKCS1, sign("SHA256withRSA", rsa, first)), "127.0.0.1");
        assertThat(registrations.of("000001")).extracting(Registered::certificateSha256).contains(registered.certificateSha256());
        Challenge second = registrations.challenge(an, "000001", "login", certificate.getEncoded());
        assertThat(registrations.register(an, an.id(), second.id(), new Proof(Proof.Form.RSA_PSS, sign("RSASSA-PSS", rsa, second)), "127.0.0.1").purpose()).isEqualTo("login");
        KeyPair ec = keys("EC", 256);
        register(person(ec, "000001"), ec, an);
    }

    @Test
    void registersByADetachedCms() throws Exception {
        KeyPair ec = keys("EC", 256);
        X509Certificate certificate = person(ec, "000001");
        Challenge challenge = registrations.challenge(an, "000001", "signing", certificate.getEncoded());
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSimpleSignerInfoGeneratorBuilder().build("SHA256withECDSA", ec.getPrivate(), certificate));
        byte[] other = generator.generate(new CMSProcessableByteArray("something else".getBytes(StandardCharsets.UTF_8)), false).getEncoded();
        assertRefused(OutsideFault.NOT_SIGNED, () -> registrations.register(an, an.id(), challenge.id(), new Proof(Proof.Form.CMS_DETACHED, other), "127.0.0.1"));
        Challenge again = registrations.challenge(an, "000001", "signing", certificate.getEncoded());
        byte[] good = generator.generate(new CMSProcessableByteArray(again.toBeSigned()), false).getEncoded();
        assertThat(registrations.register(an, an.id(), again.id(), new Proof(Proof.Form.CMS_DETACHED, good), "127.0.0.1").owner()).isEqualTo("000001");
    }

    @Test
    void takesAChallengeOnceWithinTenMinutesFromItsOwner() throws Exception {
        KeyPair ec = keys("EC", 256);
        X509Certificate certificate = person(ec, "000001");
        Challenge challenge = registrations.challenge(an, "000001", "signing", certificate.getEncoded());
        Proof proof = new Proof(Proof.Form.ECDSA, sign("SHA256withECDSA", ec, challenge));
        registrations.register(an, an.id(), challenge.id(), proof, "127.0.0.1");
        assertRefused(OutsideFault.CHALLENGE_OVER, () -> registrations.register(an, an.id(), challenge.id(), proof, "127.0.0.1"));
        Challenge slow = registrations.challenge(an, "000001", "signing", certificate.getEncoded());
        try (Registrations later = at(Instant.now().plus(Duration.ofMinutes(11)))) {
            assertRefused(OutsideFault.CHALLENGE_OVER, () -> later.register(an, an.id(), slow.id(), new Proof(Proof.Form.ECDSA, sign("SHA256withECDSA", ec, slow)), "127.0.0.1"));
        }
        Challenge stolen = registrations.challenge(an, "000001", "signing", certificate.getEncoded());
        Owner other = new Owner("000002", "Trần Văn Bình", Set.of("000002"), List.of());
        assertRefused(OutsideFault.CHALLENGE_OVER, () -> registrations.register(other, other.id(), stolen.id(), new Proof(Proof.Form.ECDSA, sign("SHA256withECDSA", ec, stolen)), "127.0.0.1"));
    }

    @Test
    void refusesAnothersKey() throws Exception {
        KeyPair ec = keys("EC", 256);
        X509Certificate certificate = person(ec, "000001");
        Owner binh = new Owner("000002", "Trần Văn Bình", Set.of("000002"), List.of());
        register(certificate, ec, an);
        X509Certificate sameKey = person(ec, "000002");
        assertRefused(OutsideFault.KEY_OF_ANOTHER, () -> register(sameKey, ec, binh));
    }

    @Test
    void refusesWhatIsRevokedOutOfTimeForAnotherUseOrOfAStranger() throws Exception {
        KeyPair ec = keys("EC", 256);
        X509Certificate revoked = person(ec, "000001");
        revoke(List.of(revoked.getSerialNumber()));
        assertRefused(OutsideFault.REVOKED, () -> register(revoked, ec, an));
        X509Certificate ended = certificate("UID=000001,CN=Nguyễn Văn An,C=VN", ec, false, Duration.ofSeconds(-30));
        assertRefused(OutsideFault.OUT_OF_TIME, () -> registrations.challenge(an, "000001", "signing", ended.getEncoded()));
        assertRefused(OutsideFault.NOT_FOR_SIGNING, () -> registrations.challenge(an, "000001", "signing", root.getEncoded()));
        X509Certificate strange = sign("CN=Root of the government,C=VN", keys("EC", 256), "UID=000001,CN=Nguyễn Văn An,C=VN", ec, false, Duration.ofDays(30));
        assertRefused(OutsideFault.OF_NOBODY, () -> registrations.challenge(an, "000001", "signing", strange.getEncoded()));
        assertRefused(OutsideFault.UNREADABLE, () -> registrations.challenge(an, "000001", "signing", new byte[] {1, 2, 3}));
    }

    @Test
    void registersNothingWhileNobodyTellsWhatWasRevoked() throws Exception {
        KeyPair ec = keys("EC", 256);
        X509Certificate certificate = person(ec, "000001");
        crl.set(new byte[] {0});
        assertRefused(OutsideFault.STATUS_UNKNOWN, () -> register(certificate, ec, an));
        crl.set(list(List.of(), keys("EC", 256)));
        assertRefused(OutsideFault.STATUS_UNKNOWN, () -> register(certificate, ec, an));
        server.stop(0);
        assertRefused(OutsideFault.STATUS_UNKNOWN, () -> register(certificate, ec, an));
        assertThat(registrations.of("000001")).noneMatch(one -> one.serial().equals(certificate.getSerialNumber().toString(16)));
    }

    @Test
    void asksOfEveryAuthorityAboveToo() throws Exception {
        KeyPair middle = keys("EC", 256);
        X509Certificate issuing = certificate("CN=Issuing authority,C=VN", middle, true, Duration.ofDays(365));
        between = List.of(issuing);
        KeyPair ec = keys("EC", 256);
        X509Certificate certificate = sign("CN=Issuing authority,C=VN", middle, "UID=000001,CN=Nguyễn Văn An,C=VN", ec, false, Duration.ofDays(30));
        registrations = at(Instant.now());
        assertRefused(OutsideFault.STATUS_UNKNOWN, () -> register(certificate, ec, an));
        crlBetween.set(list(issuing, List.of(), middle));
        assertThat(register(certificate, ec, an).state()).isEqualTo(Registered.State.GOOD);
        revoke(List.of(issuing.getSerialNumber()));
        assertRefused(OutsideFault.REVOKED, () -> register(certificate, ec, an));
    }

    @Test
    void looksAgainEachHourAndTellsTheOwnerOnceOfEachChange() throws Exception {
        KeyPair ec = keys("EC", 256);
        X509Certificate certificate = person(ec, "000001");
        Registered registered = register(certificate, ec, an);
        List<String> told = new ArrayList<>();
        revoke(List.of(certificate.getSerialNumber()));
        registrations.recheck().work();
        assertThat(registrations.find(registered.certificateSha256()).orElseThrow().state()).as("asked within the hour").isEqualTo(Registered.State.GOOD);
        try (Registrations later = at(Instant.now().plus(Duration.ofMinutes(61)))) {
            later.recheck().work();
            later.recheck().tell(one -> told.add(one.certificateSha256() + one.state()));
            later.recheck().tell(one -> told.add(one.certificateSha256() + one.state()));
            assertThat(told).containsOnlyOnce(registered.certificateSha256() + "REVOKED");
            assertThat(later.goodOf("000001", Instant.now())).extracting(Registered::certificateSha256).doesNotContain(registered.certificateSha256());
        }
        X509Certificate other = person(ec, "000001");
        Registered second = register(other, ec, an);
        try (Registrations muchLater = at(Instant.now().plus(Duration.ofDays(40)))) {
            muchLater.recheck().work();
            assertThat(muchLater.find(second.certificateSha256()).orElseThrow().state()).isEqualTo(Registered.State.ENDED);
        }
    }

    @Test
    void hasANameThatDoesNotFitWaitAndFoldsThoseThatAreWrittenOtherwise() throws Exception {
        KeyPair ec = keys("EC", 256);
        Registered other = register(certificate("UID=CCCD:079,CN=Nguyễn Văn An,C=VN", ec, false, Duration.ofDays(30)), ec, an);
        assertThat(other.state()).isEqualTo(Registered.State.WAITING);
        assertThat(other.misfit()).isEqualTo("uid");
        assertThat(registrations.goodOf("000001", Instant.now())).extracting(Registered::certificateSha256).doesNotContain(other.certificateSha256());
        registrations.accept(other, "000009", "127.0.0.1");
        assertThat(registrations.goodOf("000001", Instant.now())).extracting(Registered::certificateSha256).contains(other.certificateSha256());
        rules = List.of(Attribute.NAME);
        registrations = at(Instant.now());
        KeyPair second = keys("EC", 256);
        Registered dropped = register(certificate("CN=NGUYEN VAN AN B,C=VN", second, false, Duration.ofDays(30)), second, an);
        assertThat(registrations.drop(dropped, "000009", "127.0.0.1")).isTrue();
        assertThat(registrations.find(dropped.certificateSha256())).isEmpty();
        assertThat(register(certificate("CN=NGUYEN  VAN AN,C=VN", second, false, Duration.ofDays(30)), second, an).state()).isEqualTo(Registered.State.GOOD);
        assertRefused(OutsideFault.NOT_FOR_SUCH_OWNERS, () -> registrations.challenge(new Owner(Owner.agency("so-noi-vu"), "Sở Nội vụ", Set.of(), List.of()), "000009", "signing", person(keys("EC", 256), "000001").getEncoded()));
    }

    @Test
    void refusesWeakKeysAndThoseThatDoNotCommit() throws Exception {
        assertRefused(OutsideFault.WEAK_KEY, () -> registrations.challenge(an, "000001", "signing", person(keys("RSA", 1024), "000001").getEncoded()));
        assertRefused(OutsideFault.TOO_LARGE, () -> registrations.challenge(an, "000001", "signing", new byte[20_000]));
    }

    @Test
    void followsARevocationFromTheFirstLineToTheAnswer() throws Exception {
        KeyPair ec = keys("EC", 256);
        X509Certificate certificate = person(ec, "000001");
        Registered registered = register(certificate, ec, an);
        ExternalCertificateAuthority authority = new ExternalCertificateAuthority(registrations, requests, Clock.systemUTC());
        assertThat(authority.revoke(certificate.getSerialNumber(), RevocationReason.KEY_COMPROMISE, "admin").revocation()).isEmpty();
        authority.revoke(certificate.getSerialNumber(), RevocationReason.KEY_COMPROMISE, "admin");
        var open = requests.prepare(registered, Wish.REVOKE, "keyCompromise", "somebody", id -> new byte[0]);
        assertThat(open.steps()).as("one request, however often it is asked for").hasSize(1);
        String letter = new String(open.document(), StandardCharsets.UTF_8);
        assertThat(letter).contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Kính gửi: The Government", "Số: " + open.id(), "thu hồi chứng thư số", registered.serial(), registered.certificateSha256(), "khóa bí mật bị lộ");
        assertRefused(Kind.CONFLICT, () -> requests.answer(open.id(), true, "1/CV", LocalDate.now(), "admin", ""));
        Proof strangers = new Proof(Proof.Form.CMS_DETACHED, cms(keys("EC", 256), certificate, open.document()));
        assertRefused(OutsideFault.NOT_SIGNED, () -> requests.sign(open.id(), strangers, List.of(registered), "clerk"));
        assertRefused(OutsideFault.NOT_SIGNED, () -> requests.sign(open.id(), new Proof(Proof.Form.CMS_DETACHED, cms(ec, certificate, new byte[] {1})), List.of(registered), "clerk"));
        assertThat(requests.sign(open.id(), new Proof(Proof.Form.CMS_DETACHED, cms(ec, certificate, open.document())), List.of(registered), "clerk").signedWith()).contains(registered.certificateSha256());
        requests.move(open.id(), State.SENT, "clerk", "");
        assertRefused(Kind.CONFLICT, () -> requests.move(open.id(), State.WITHDRAWN, "clerk", ""));
        assertThat(requests.answer(open.id(), true, "12/CV", LocalDate.now(), "admin", "answered").steps()).extracting(OutsideRequests.Step::actor).containsExactly("admin", "clerk", "clerk", "admin");
        assertRefused(Kind.CONFLICT, () -> requests.answer(open.id(), false, "13/CV", LocalDate.now(), "admin", ""));
        assertThat(requests.get(open.id()).reference()).isEqualTo("12/CV");
        assertRefused(Kind.NOT_FOUND, () -> authority.revoke(BigInteger.valueOf(7), RevocationReason.SUPERSEDED, "admin"));
    }

    private Registered register(X509Certificate certificate, KeyPair ec, Owner owner) throws Exception {
        Challenge challenge = registrations.challenge(owner, owner.id(), "signing", certificate.getEncoded());
        return registrations.register(owner, owner.id(), challenge.id(), new Proof(Proof.Form.ECDSA, sign("SHA256withECDSA", ec, challenge)), "127.0.0.1");
    }

    private Registrations at(Instant now) {
        OutsideAuthority government = new OutsideAuthority("government", "The Government", List.of(root), between, Optional.empty(), List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/crl"),
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/between")), Optional.empty(), Set.of(Owner.Kind.PERSON), rules, List.of());
        return new Registrations(List.of(government), postgres.getPostgresDatabase(), audit, Clock.fixed(now, ZoneOffset.UTC));
    }

    private void revoke(List<BigInteger> revoked) throws Exception {
        crl.set(list(revoked, rootKeys));
    }

    private byte[] list(List<BigInteger> revoked, KeyPair signer) throws Exception {
        return list(root, revoked, signer);
    }

    private static byte[] list(X509Certificate issuer, List<BigInteger> revoked, KeyPair signer) throws Exception {
        JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(issuer.getSubjectX500Principal(), new Date());
        builder.setNextUpdate(Date.from(Instant.now().plus(Duration.ofDays(1))));
        revoked.forEach(serial -> builder.addCRLEntry(serial, new Date(), 1));
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())).getEncoded();
    }

    private X509Certificate person(KeyPair keys, String number) throws Exception {
        return certificate("UID=" + number + ",CN=Nguyễn Văn An,C=VN", keys, false, Duration.ofDays(30));
    }

    private X509Certificate certificate(String subject, KeyPair keys, boolean authority, Duration life) throws Exception {
        return sign("CN=Root of the government,C=VN", rootKeys, subject, keys, authority, life);
    }

    private static X509Certificate sign(String issuer, KeyPair issuerKeys, String subject, KeyPair keys, boolean authority, Duration life) throws Exception {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(new X500Name(issuer), BigInteger.valueOf(serials++), Date.from(Instant.now().minusSeconds(60)), Date.from(Instant.now().plus(life)),
            new X500Name(subject), keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
        return new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate())));
    }

    private static byte[] sign(String algorithm, KeyPair keys, Challenge challenge) throws Exception {
        Signature signature = Signature.getInstance(algorithm);
        if (algorithm.equals("RSASSA-PSS")) {
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
        signature.initSign(keys.getPrivate());
        signature.update(challenge.toBeSigned());
        return signature.sign();
    }

    private static KeyPair keys(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertRefused(OutsideFault fault, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(OutsideRefusal.class, refusal -> assertThat(refusal.fault()).isEqualTo(fault));
    }

    private static byte[] cms(KeyPair keys, X509Certificate certificate, byte[] content) throws Exception {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSimpleSignerInfoGeneratorBuilder().build("SHA256withECDSA", keys.getPrivate(), certificate));
        return generator.generate(new CMSProcessableByteArray(content), false).getEncoded();
    }

    private static void assertRefused(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).as(problem.detail()).isEqualTo(kind));
    }
}
