package antin.signing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.jcajce.JcaBasicOCSPRespBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.jspecify.annotations.Nullable;

/** A root, an issuing authority, and their OCSP, CRL and time stamps on a free port; each service can be switched off. */
public final class TestPki implements AutoCloseable {

    /** A certificate with its key. */
    public record Holder(PrivateKey key, X509Certificate certificate) {
    }

    private interface Service {
        byte[] answer(byte[] request) throws Exception;
    }

    private static final Date LONG_AGO = Date.from(Instant.now().minus(Duration.ofDays(40)));
    private static final String OCSP_PATH = "/ocsp";

    public final Holder root;
    public final Holder issuing;
    /** Authorities below, which sign answers about their own certificates themselves. */
    public final List<Holder> below = new CopyOnWriteArrayList<>();
    public final Map<BigInteger, Instant> revoked = new ConcurrentHashMap<>();
    public final Map<String, Boolean> away = new ConcurrentHashMap<>();
    public final Map<String, AtomicInteger> hits = new ConcurrentHashMap<>();
    /** What a path answers a request with, instead of what is right. */
    public final Map<String, UnaryOperator<byte[]>> instead = new ConcurrentHashMap<>();
    private final Holder ocspRoot;
    private final Holder ocspIssuing;
    private final Holder tsa;
    private final HttpServer server;
    private final AtomicInteger serials = new AtomicInteger(1000);
    private final DigestCalculatorProvider digests;

    public TestPki() {
        this("Test");
    }

    /** @param name with which the names of its authorities begin: two of one name are told apart by their keys alone, and libraries may take one for the other */
    public TestPki(String name) {
        try {
            digests = new JcaDigestCalculatorProviderBuilder().build();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
            KeyPair rootKey = ec("secp384r1");
            root = new Holder(rootKey.getPrivate(), sign("CN=" + name + " Root", rootKey.getPublic(), rootKey.getPrivate(), null, Kind.ROOT, LONG_AGO, 3650));
            issuing = issue("CN=" + name + " Issuing,O=City,C=VN", ec("secp384r1"), root, Kind.AUTHORITY);
            ocspRoot = issue("CN=" + name + " OCSP of the root", ec("secp256r1"), root, Kind.OCSP);
            ocspIssuing = issue("CN=" + name + " OCSP", ec("secp256r1"), issuing, Kind.OCSP);
            tsa = issue("CN=" + name + " Time Stamps", ec("secp256r1"), issuing, Kind.TSA);
            serve();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a certificate is for. */
    public enum Kind { ROOT, AUTHORITY, OCSP, TSA, SIGNER, MAIL_SIGNING, MAIL_ENCRYPTION, LISTENER, PEER }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    public List<X509Certificate> chain(X509Certificate leaf) {
        return List.of(leaf, issuing.certificate, root.certificate);
    }

    /** A certificate for signatures. */
    public X509Certificate signer(String subject, PublicKey key) {
        return sign(subject, key, issuing.key, issuing.certificate, Kind.SIGNER, LONG_AGO, 700);
    }

    public X509Certificate certificate(String subject, PublicKey key, Kind kind, Date from, int days) {
        return sign(subject, key, issuing.key, issuing.certificate, kind, from, days);
    }

    public int hits(String path) {
        return hits.computeIfAbsent(path, any -> new AtomicInteger()).get();
    }

    /** With a public exponent that nobody takes by himself. */
    public static KeyPair rsa(int bits, int exponent) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(new RSAKeyGenParameterSpec(bits, BigInteger.valueOf(exponent)));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static KeyPair rsa(int bits) {
        return keyPair("RSA", bits, "");
    }

    public static KeyPair ec(String curve) {
        return keyPair("EC", 0, curve);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private Holder issue(String subject, KeyPair key, Holder issuer, Kind kind) {
        return new Holder(key.getPrivate(), sign(subject, key.getPublic(), issuer.key, issuer.certificate, kind, LONG_AGO, 3000));
    }

    private X509Certificate sign(String subject, PublicKey key, PrivateKey signingKey, @Nullable X509Certificate issuer,
                                 Kind kind, Date from, int days) {
        try {
            X500Name issuerName = issuer == null ? new X500Name(subject) : X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded());
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(issuerName, BigInteger.valueOf(serials.incrementAndGet()), from,
                new Date(from.getTime() + Duration.ofDays(days).toMillis()), new X500Name(subject), SubjectPublicKeyInfo.getInstance(key.getEncoded()));
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
            boolean authority = kind == Kind.ROOT || kind == Kind.AUTHORITY;
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign
                : kind == Kind.SIGNER ? KeyUsage.digitalSignature | KeyUsage.nonRepudiation
                : kind == Kind.MAIL_ENCRYPTION ? key.getAlgorithm().equals("RSA") ? KeyUsage.keyEncipherment : KeyUsage.keyAgreement : KeyUsage.digitalSignature));
            if (issuer != null) {
                builder.addExtension(Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(issuer.getPublicKey()));
                boolean byRoot = issuer.getSubjectX500Principal().equals(issuer.getIssuerX500Principal());
                addresses(builder, byRoot ? "root" : "issuing");
            }
            switch (kind) {
                case TSA -> builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
                case OCSP -> {
                    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning));
                    builder.addExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE);
                }
                case SIGNER -> builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_emailProtection));
                case MAIL_SIGNING, MAIL_ENCRYPTION -> {
                    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_emailProtection));
                    builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.rfc822Name, "van-thu@city.example")));
                }
                case LISTENER -> {
                    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
                    builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
                }
                case PEER -> {
                    builder.addExtension(Extension.extendedKeyUsage, false,
                        new ExtendedKeyUsage(new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
                    builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                        new GeneralName(GeneralName.dNSName, "localhost"), uri("antin:" + subject.substring(3))}));
                }
                default -> {
                    // nothing more
                }
            }
            return new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder("SHA384withECDSA").build(signingKey)));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void addresses(X509v3CertificateBuilder builder, String authority) throws IOException {
        builder.addExtension(Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(
            new DistributionPointName(new GeneralNames(uri(url() + "/crl/" + authority + ".crl"))), null, null)}));
        builder.addExtension(Extension.authorityInfoAccess, false, new AuthorityInformationAccess(new AccessDescription[] {
            new AccessDescription(AccessDescription.id_ad_ocsp, uri(url() + OCSP_PATH)),
            new AccessDescription(AccessDescription.id_ad_caIssuers, uri(url() + "/ca/" + authority + ".cer"))}));
    }

    private static GeneralName uri(String address) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, address);
    }

    private void serve() {
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "test-pki");
            thread.setDaemon(true);
            return thread;
        }));
        serve(OCSP_PATH, this::ocsp);
        serve("/tsa", this::timeStamp);
        serve("/crl/root.crl", any -> crl(root));
        serve("/crl/issuing.crl", any -> crl(issuing));
        serve("/ca/root.cer", any -> root.certificate.getEncoded());
        serve("/ca/issuing.cer", any -> issuing.certificate.getEncoded());
        server.start();
    }

    /** What the path answers when all is right. */
    public byte[] answer(String path, byte[] request) {
        try {
            return switch (path) {
                case OCSP_PATH -> ocsp(request);
                case "/tsa" -> timeStamp(request);
                default -> crl(issuing);
            };
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(String path, Service service) {
        server.createContext(path, exchange -> {
            try (exchange) {
                hits.computeIfAbsent(path, any -> new AtomicInteger()).incrementAndGet();
                byte[] request = exchange.getRequestBody().readAllBytes();
                if (away.containsKey(path)) {
                    exchange.sendResponseHeaders(503, -1);
                    return;
                }
                byte[] answer = instead.containsKey(path) ? instead.get(path).apply(request) : service.answer(request);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private byte[] ocsp(byte[] request) throws Exception {
        OCSPReq asked = new OCSPReq(request);
        Holder unit = unit(asked.getRequestList()[0].getCertID());
        BasicOCSPRespBuilder answer = new JcaBasicOCSPRespBuilder(unit.certificate.getPublicKey(), digests.get(RespID.HASH_SHA1));
        Instant now = Instant.now().minusSeconds(1);
        for (Req one : asked.getRequestList()) {
            Instant end = revoked.get(one.getCertID().getSerialNumber());
            CertificateStatus status = end == null ? CertificateStatus.GOOD : new RevokedStatus(Date.from(end), 1);
            answer.addResponse(one.getCertID(), status, Date.from(now), Date.from(now.plus(Duration.ofHours(1))));
        }
        Extension nonce = asked.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
        if (nonce != null) {
            answer.setResponseExtensions(new Extensions(nonce));
        }
        return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, answer.build(new JcaContentSignerBuilder("SHA256withECDSA").build(unit.key),
            new X509CertificateHolder[] {new JcaX509CertificateHolder(unit.certificate)}, new Date())).getEncoded();
    }

    private Holder unit(CertificateID asked) throws Exception {
        for (Holder authority : below) {
            if (asked.matchesIssuer(new JcaX509CertificateHolder(authority.certificate), digests)) {
                return authority;
            }
        }
        return asked.matchesIssuer(new JcaX509CertificateHolder(root.certificate), digests) ? ocspRoot : ocspIssuing;
    }

    private byte[] timeStamp(byte[] request) throws Exception {
        TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(
            new JcaSimpleSignerInfoGeneratorBuilder().build("SHA256withECDSA", tsa.key, tsa.certificate),
            digests.get(new AlgorithmIdentifier(TSPAlgorithms.SHA256)), new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"));
        tokens.addCertificates(new JcaCertStore(List.of(tsa.certificate, issuing.certificate)));
        return new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED)
            .generate(new TimeStampRequest(request), BigInteger.valueOf(serials.incrementAndGet()), new Date()).getEncoded();
    }

    private byte[] crl(Holder authority) throws Exception {
        Date now = Date.from(Instant.now().minusSeconds(1));
        X509v2CRLBuilder list = new JcaX509v2CRLBuilder(authority.certificate, now);
        list.setNextUpdate(Date.from(Instant.now().plus(Duration.ofDays(1))));
        list.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(serials.incrementAndGet())));
        list.addExtension(Extension.authorityKeyIdentifier, false,
            new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority.certificate.getPublicKey()));
        for (Map.Entry<BigInteger, Instant> entry : new ArrayList<>(revoked.entrySet())) {
            list.addCRLEntry(entry.getKey(), Date.from(entry.getValue()), 1);
        }
        return list.build(new JcaContentSignerBuilder("SHA384withECDSA").build(authority.key)).getEncoded();
    }

    private static KeyPair keyPair(String algorithm, int bits, String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (bits > 0) {
                generator.initialize(bits, new SecureRandom());
            } else {
                generator.initialize(new ECGenParameterSpec(curve));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
