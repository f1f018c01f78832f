package antin.backbone;

import antin.kernel.tls.PemFile;
import antin.kernel.internal.HttpServerLimits;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A government's authority: a root with its CRL, and one below it that issues and answers OCSP, over HTTP on a free port. */
final class TestOutsideCa implements AutoCloseable {

    /** A token with its certificate. */
    record Token(KeyPair keys, X509Certificate certificate) {

        byte[] sign(byte[] text) throws Exception {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(text);
            return signature.sign();
        }

        byte[] cms(byte[] text) throws Exception {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(new JcaSimpleSignerInfoGeneratorBuilder().build("SHA256withECDSA", keys.getPrivate(), certificate));
            return generator.generate(new CMSProcessableByteArray(text), false).getEncoded();
        }

        String pem() throws Exception {
            return PemFile.encode(List.of(certificate));
        }
    }

    private static final AtomicInteger SERIALS = new AtomicInteger(1000);
    private static final String ROOT = "CN=Test Government Root,C=VN";
    private static final String ISSUING = "CN=Test Government Issuing,C=VN";

    private final Clock clock;
    private final KeyPair rootKeys = keys();
    private final KeyPair issuingKeys = keys();
    final X509Certificate issuing;
    private final HttpServer server;
    final Set<BigInteger> revoked = ConcurrentHashMap.newKeySet();
    volatile boolean silent;

    TestOutsideCa(Path folder, Clock clock) throws IOException {
        this.clock = clock;
        X509Certificate root = certificate(ROOT, rootKeys, ROOT, rootKeys, KeyUsage.keyCertSign | KeyUsage.cRLSign, true);
        issuing = certificate(ROOT, rootKeys, ISSUING, issuingKeys, KeyUsage.keyCertSign | KeyUsage.cRLSign, true);
        HttpServerLimits.set(); // read once in a process, and backbone's are the ones to hold
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = silent ? new byte[0] : exchange.getRequestURI().getPath().equals("/ocsp") ? ocsp(exchange.getRequestBody().readAllBytes()) : crl();
            exchange.sendResponseHeaders(silent ? 503 : 200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("root.pem"), PemFile.encode(List.of(root)));
            Files.writeString(folder.resolve("issuing.pem"), PemFile.encode(List.of(issuing)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String configuration() {
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        return """
            external.names=government,party
            external.government.title=Cơ quan chứng thực của Chính phủ
            external.government.anchors=outside/root.pem,outside/issuing.pem
            external.government.ocsp=%s/ocsp
            external.government.crl=%s/root.crl
            external.government.agency=serialNumber
            external.party.title=Cơ quan chứng thực của Đảng
            external.party.anchors=outside/root.pem
            external.party.crl=%s/party.crl
            external.party.owners=person
            external.party.person=email,name
            """.formatted(address, address, address);
    }

    /** With the right to commit. */
    Token token(String subject) {
        KeyPair keys = keys();
        return new Token(keys, certificate(ISSUING, issuingKeys, subject, keys, KeyUsage.digitalSignature | KeyUsage.nonRepudiation, false));
    }

    /** For a key that somebody has already. */
    Token again(Token token, String subject) {
        return new Token(token.keys(), certificate(ISSUING, issuingKeys, subject, token.keys(), KeyUsage.digitalSignature | KeyUsage.nonRepudiation, false));
    }

    /** As ours but by keys of a stranger's. */
    Token forged(String subject) {
        KeyPair keys = keys();
        return new Token(keys, certificate(ISSUING, keys(), subject, keys, KeyUsage.digitalSignature | KeyUsage.nonRepudiation, false));
    }

    /** For logging in alone. */
    Token withoutCommitment(String subject) {
        KeyPair keys = keys();
        return new Token(keys, certificate(ISSUING, issuingKeys, subject, keys, KeyUsage.digitalSignature, false));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private byte[] ocsp(byte[] question) {
        try {
            Date now = Date.from(clock.instant());
            BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(new RespID(new X500Name(ISSUING)));
            var asked = new OCSPReq(question).getRequestList()[0].getCertID();
            builder.addResponse(asked, revoked.contains(asked.getSerialNumber()) ? new RevokedStatus(now, 1) : CertificateStatus.GOOD, now, Date.from(clock.instant().plus(Duration.ofHours(1))));
            return new OCSPRespBuilder().build(OCSPResp.SUCCESSFUL, builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuingKeys.getPrivate()), new X509CertificateHolder[0], now)).getEncoded();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] crl() {
        try {
            JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(new javax.security.auth.x500.X500Principal(new X500Name(ROOT).getEncoded()), Date.from(clock.instant()));
            builder.setNextUpdate(Date.from(clock.instant().plus(Duration.ofDays(1))));
            revoked.forEach(serial -> builder.addCRLEntry(serial, Date.from(clock.instant()), 1));
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(rootKeys.getPrivate())).getEncoded();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate certificate(String issuer, KeyPair issuerKeys, String subject, KeyPair keys, int usage, boolean authority) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(new X500Name(issuer), BigInteger.valueOf(SERIALS.incrementAndGet()), Date.from(Instant.now().minusSeconds(3600)),
                Date.from(Instant.now().plus(Duration.ofDays(1800))), new X500Name(subject), keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            return new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
