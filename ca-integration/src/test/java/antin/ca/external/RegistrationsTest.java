package antin.ca.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.ca.RevocationReason;
import antin.ca.external.OutsideAuthority.Attribute;
import antin.ca.external.OutsideRequests.State;
import antin.ca.external.OutsideRequests.Wish;
import antin.ca.external.Registrations.Registered;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditLog;
import com.sun.net.httpserver.HttpServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
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
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
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
    private final AtomicReference<byte[]> crl = new AtomicReference<>(new byte[0]);
    private HttpServer server;
    private AuditLog audit;
    private X509Certificate root;
    private Registrations registrations;
    private OutsideRequests requests;
    private final Owner an = new Owner("000001", Optional.of("VN-1"), List.of("an@city.example"));

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
            exchange.sendResponseHeaders(200, crl.get().length);
            exchange.getResponseBody().write(crl.get());
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
        Challenge first = registrations.challenge(an, "signing", certificate.getEncoded());
        assertThat(new String(first.toBeSigned(), java.nio.charset.StandardCharsets.UTF_8)).contains("owner: 000001", "purpose: signing");
        Registered registered = registrations.register(an, first.id(), certificate.getEncoded(), new Proof(Proof.Form.RSA_PKCS1, sign("SHA256withRSA", rsa, first)), "127.0.0.1");
        assertThat(registrations.of("000001")).extracting(Registered::certificateSha256).contains(registered.certificateSha256());
        Challenge second = registrations.challenge(an, "login", certificate.getEncoded());
        assertThat(registrations.register(an, second.id(), certificate.getEncoded(), new Proof(Proof.Form.RSA_PSS, sign("RSASSA-PSS", rsa, second)), "127.0.0.1").purpose()).isEqualTo("login");
        KeyPair ec = keys("EC", 256);
        register(person(ec, "000001"), ec, an);
    }

    @Test
    void registersByADetachedCms() throws Exception {
        KeyPair ec = keys("EC", 256);
        X509Certificate certificate = person(ec, "000001");
        Challenge challenge = registrations.challenge(an, "signing", certificate.getEncoded());
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSimpleSignerInfoGeneratorBuilder().build("SHA256withECDSA", ec.getPrivate(), certificate));
        byte[] other = generator.generate(new CMSProcessableByteArray("something else".getBytes(java.nio.charset.StandardCharsets.UTF_8)), false).getEncoded();
        assertRefused(Kind.BAD_CREDENTIALS, () -> registrations.register(an, challenge.id(), certificate.getEncoded(), new Proof(Proof.Form.CMS_DETACHED, other), "127.0.0.1"));
        Challenge again = registrations.challenge(an, "signing", certificate.getEncoded());
        byte[] good = generator.generate(new CMSProcessableByteArray(again.toBeSigned()), false).getEncoded();
        assertThat(registrations.register(an, again.id(), certificate.getEncoded(), new Proof(Proof.Form.CMS_DETACHED, good), "127.0.0.1").owner()).isEqualTo("000001");
    }

    @Test
    void takesAChallengeOnceWithinFiveMinutesFromItsOwner() throws Exception {
        KeyPair ec = keys("EC", 256);
        X509Certificate certificate = person(ec, "000001");
        Challenge challenge = registrations.challenge(an, "signing", certificate.getEncoded());
        Proof proof = new Proof(Proof.Form.ECDSA, sign("SHA256withECDSA", ec, challenge));
        registrations.register(an, challenge.id(), certificate.getEncoded(), proof, "127.0.0.1");
        assertRefused(Kind.REPLAYED_CODE, () -> registrations.register(an, challenge.id(), certificate.getEncoded(), proof, "127.0.0.1"));
        Challenge slow = registrations.challenge(an, "signing", certificate.getEncoded());
        try (Registrations later = at(Instant.now().plus(Duration.ofMinutes(6)))) {
            assertRefused(Kind.REPLAYED_CODE, () -> later.register(an, slow.id(), certificate.getEncoded(), new Proof(Proof.Form.ECDSA, sign("SHA256withECDSA", ec, slow)), "127.0.0.1"));
        }
        Challenge stolen = registrations.challenge(an, "signing", certificate.getEncoded());
        Owner other = new Owner("000002", Optional.empty(), List.of());
        assertRefused(Kind.REPLAYED_CODE, () -> registrations.register(other, stolen.id(), certificate.getEncoded(), new Proof(Proof.Form.ECDSA, sign("SHA256withECDSA", ec, stolen)), "127.0.0.1"));
    }

    @Test
    void refusesWhoseNameItIsNotAndAnothersKey() throws Exception {
        KeyPair ec = keys("EC", 256);
        X509Certificate certificate = person(ec, "000001");
        Owner binh = new Owner("000002", Optional.empty(), List.of());
        assertRefused(Kind.NOT_ALLOWED, () -> registrations.challenge(binh, "signing", certificate.getEncoded()));
        register(certificate, ec, an);
        X509Certificate sameKey = person(ec, "000002");
        assertRefused(Kind.CONFLICT, () -> register(sameKey, ec, binh));
    }

    @Test
    void refusesWhatIsRevokedOutOfTimeForAnotherUseOrOfAStranger() throws Exception {
        KeyPair ec = keys("EC", 256);
        X509Certificate revoked = person(ec, "000001");
        revoke(List.of(revoked.getSerialNumber()));
        assertRefused(Kind.CERTIFICATE_UNUSABLE, () -> register(revoked, ec, an));
        X509Certificate ended = certificate("UID=000001,CN=Nguyễn Văn An,C=VN", ec, false, Duration.ofSeconds(-30));
        assertRefused(Kind.CERTIFICATE_UNUSABLE, () -> registrations.challenge(an, "signing", ended.getEncoded()));
        assertRefused(Kind.CERTIFICATE_UNUSABLE, () -> registrations.challenge(an, "signing", root.getEncoded()));
        X509Certificate strange = sign("CN=Root of the government,C=VN", keys("EC", 256), "UID=000001,CN=Nguyễn Văn An,C=VN", ec, false, Duration.ofDays(30));
        assertRefused(Kind.CERTIFICATE_UNUSABLE, () -> registrations.challenge(an, "signing", strange.getEncoded()));
        assertRefused(Kind.MALFORMED_REQUEST, () -> registrations.challenge(an, "signing", new byte[] {1, 2, 3}));
    }

    @Test
    void registersNothingWhileNobodyTellsWhatWasRevoked() throws Exception {
        KeyPair ec = keys("EC", 256);
        X509Certificate certificate = person(ec, "000001");
        crl.set(new byte[] {0});
        assertRefused(Kind.PEER_UNAVAILABLE, () -> register(certificate, ec, an));
        crl.set(list(List.of(), keys("EC", 256)));
        assertRefused(Kind.PEER_UNAVAILABLE, () -> register(certificate, ec, an));
        server.stop(0);
        assertRefused(Kind.PEER_UNAVAILABLE, () -> register(certificate, ec, an));
        assertThat(registrations.of("000001")).noneMatch(one -> one.serial().equals(certificate.getSerialNumber().toString(16)));
    }

    @Test
    void followsARevocationFromTheFirstLineToTheAnswer() throws Exception {
        KeyPair ec = keys("EC", 256);
        X509Certificate certificate = person(ec, "000001");
        Registered registered = register(certificate, ec, an);
        ExternalCertificateAuthority authority = new ExternalCertificateAuthority(registrations, requests);
        assertThat(authority.revoke(certificate.getSerialNumber(), RevocationReason.KEY_COMPROMISE, "admin").revocation()).isEmpty();
        authority.revoke(certificate.getSerialNumber(), RevocationReason.KEY_COMPROMISE, "admin");
        var open = requests.prepare(registered, Wish.REVOKE, "keyCompromise", "somebody");
        assertThat(open.steps()).as("one request, however often it is asked for").hasSize(1);
        assertRefused(Kind.CONFLICT, () -> requests.move(open.id(), State.CONFIRMED, "admin", ""));
        requests.move(open.id(), State.SIGNED, "clerk", "12/CV");
        requests.move(open.id(), State.SENT, "clerk", "");
        assertThat(requests.move(open.id(), State.CONFIRMED, "admin", "answered").steps()).extracting(OutsideRequests.Step::actor).containsExactly("admin", "clerk", "clerk", "admin");
        assertRefused(Kind.CONFLICT, () -> requests.move(open.id(), State.REFUSED, "admin", ""));
        assertRefused(Kind.NOT_FOUND, () -> authority.revoke(BigInteger.valueOf(7), RevocationReason.SUPERSEDED, "admin"));
    }

    private Registered register(X509Certificate certificate, KeyPair ec, Owner owner) throws Exception {
        Challenge challenge = registrations.challenge(owner, "signing", certificate.getEncoded());
        return registrations.register(owner, challenge.id(), certificate.getEncoded(), new Proof(Proof.Form.ECDSA, sign("SHA256withECDSA", ec, challenge)), "127.0.0.1");
    }

    private Registrations at(Instant now) {
        OutsideAuthority government = new OutsideAuthority("government", List.of(root), List.of(), Optional.empty(), Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/crl")),
            Optional.empty(), Attribute.UID);
        return new Registrations(List.of(government), postgres.getPostgresDatabase(), audit, Clock.fixed(now, ZoneOffset.UTC));
    }

    private void revoke(List<BigInteger> revoked) throws Exception {
        crl.set(list(revoked, rootKeys));
    }

    private byte[] list(List<BigInteger> revoked, KeyPair signer) throws Exception {
        JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(root.getSubjectX500Principal(), new Date());
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

    private static void assertRefused(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).as(problem.detail()).isEqualTo(kind));
    }
}
