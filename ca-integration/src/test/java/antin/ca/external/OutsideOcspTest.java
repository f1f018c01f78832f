package antin.ca.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.ca.external.OutsideAuthority.Attribute;
import com.sun.net.httpserver.HttpServer;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An RSA authority whose OCSP is answered by a delegate with an EC key. */
class OutsideOcspTest {

    private final KeyPair rootKeys = keys("RSA", 2048);
    private final KeyPair responderKeys = keys("EC", 256);
    private final X509Certificate root = certificate("CN=Root", rootKeys, 1, false);
    private final X509Certificate leaf = certificate("CN=Leaf", keys("EC", 256), 2, false);
    private X509Certificate responder = certificate("CN=Responder", responderKeys, 3, true);
    private @Nullable CertificateStatus status = CertificateStatus.GOOD;
    private Instant from = Instant.now();
    private HttpServer server;
    private final Fetch fetch = new Fetch();

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/ocsp", exchange -> {
            byte[] answer = answer(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.createContext("/elsewhere", exchange -> {
            exchange.getResponseHeaders().set("Location", "/ocsp");
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        fetch.close();
        server.stop(0);
    }

    @Test
    void takesTheWordOfADelegate() {
        assertThatCode(() -> check("/ocsp")).doesNotThrowAnyException();
    }

    @Test
    void refusesWhatIsRevokedOrWasNeverIssued() {
        status = new RevokedStatus(new Date(), 1);
        assertRefused(OutsideFault.REVOKED, "/ocsp");
        status = new UnknownStatus();
        assertRefused(OutsideFault.NEVER_ISSUED, "/ocsp");
    }

    @Test
    void takesNoWordOfAStrangerNorAnOldOne() {
        from = Instant.now().minus(Duration.ofDays(2));
        assertRefused(OutsideFault.STATUS_UNKNOWN, "/ocsp");
        from = Instant.now();
        responder = certificate("CN=Responder", responderKeys, 4, false); // without the right
        assertRefused(OutsideFault.STATUS_UNKNOWN, "/ocsp");
    }

    @Test
    void goesNowhereElse() {
        assertRefused(OutsideFault.STATUS_UNKNOWN, "/elsewhere");
    }

    private void check(String path) {
        OutsideAuthority government = new OutsideAuthority("government", "Government", List.of(root), List.of(), Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path)),
            List.of(), Optional.empty(), Set.of(Owner.Kind.PERSON), List.of(Attribute.UID), List.of());
        new OutsideStatus(fetch, Clock.systemUTC()).check(new OutsideCertificate(List.of(leaf, root), government));
    }

    private void assertRefused(OutsideFault fault, String path) {
        assertThatThrownBy(() -> check(path)).isInstanceOfSatisfying(OutsideRefusal.class, refusal -> assertThat(refusal.fault()).isEqualTo(fault));
    }

    private byte[] answer(byte[] question) {
        try {
            BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(new RespID(new X500Name("CN=Responder")));
            builder.addResponse(new OCSPReq(question).getRequestList()[0].getCertID(), status, Date.from(from), Date.from(from.plus(Duration.ofHours(1))));
            return new OCSPRespBuilder().build(OCSPResp.SUCCESSFUL, builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(responderKeys.getPrivate()),
                new X509CertificateHolder[] {new JcaX509CertificateHolder(responder)}, new Date())).getEncoded();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate certificate(String subject, KeyPair keys, int serial, boolean answers) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(new X500Name("CN=Root"), BigInteger.valueOf(serial), Date.from(Instant.now().minusSeconds(60)),
                Date.from(Instant.now().plus(Duration.ofDays(1))), new X500Name(subject), keys.getPublic());
            if (answers) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning));
            }
            return new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(rootKeys.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
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
}
