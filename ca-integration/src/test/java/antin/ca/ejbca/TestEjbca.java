package antin.ca.ejbca;

import antin.ca.ejbca.EjbcaSettings.BearerToken;
import antin.ca.ejbca.EjbcaSettings.ClientCertificate;
import antin.ca.ejbca.EjbcaSettings.Login;
import antin.kernel.SecretFile;
import antin.kernel.tls.PemFile;
import antin.kernel.tls.TlsMaterial;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server that behaves as EJBCA Community 8.2 was seen to: it issues what it is asked for, again and again for the same user, answers searches with certificates in
 * base64 twice and without a total, and has an issuing CA with a slash, an escaped comma and letters beyond ASCII in its name. What else it shall do a test says.
 */
final class TestEjbca implements AutoCloseable {

    static final String AUTHORITY = "Issuing CA G1";
    static final String END_ENTITY_PROFILE = "STAFF";
    static final String ISSUER = "CN=Issuing CA G1/test,O=Công ty\\, Ltd,C=VN";

    /** A certificate profile: what its certificates are good for. */
    private record Profile(int keyUsage, KeyPurposeId... purposes) {
    }

    private static final KeyPurposeId DOCUMENTS = KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.36")); // RFC 9336
    private static final Map<String, Profile> PROFILES = Map.of(
        "SEAL", new Profile(KeyUsage.digitalSignature | KeyUsage.nonRepudiation, DOCUMENTS, KeyPurposeId.id_kp_emailProtection),
        "PERSON", new Profile(KeyUsage.digitalSignature | KeyUsage.nonRepudiation, DOCUMENTS, KeyPurposeId.id_kp_emailProtection),
        "MAILSIGN", new Profile(KeyUsage.digitalSignature, KeyPurposeId.id_kp_emailProtection),
        "MAILENC", new Profile(KeyUsage.keyEncipherment | KeyUsage.keyAgreement, KeyPurposeId.id_kp_emailProtection),
        "TLSSERVER", new Profile(KeyUsage.digitalSignature, KeyPurposeId.id_kp_serverAuth),
        "LOGIN", new Profile(KeyUsage.digitalSignature, KeyPurposeId.id_kp_clientAuth));

    private record Issued(String user, X509Certificate certificate, @Nullable String reason, @Nullable Instant revoked) {
    }

    /** What is answered in place of the usual: status and body; null for the usual. */
    record Answer(int status, String type, String body) {

        static Answer json(int status, String message) {
            return new Answer(status, "application/json", JsonMapper.shared().writeValueAsString(Map.of("error_code", status, "error_message", message)));
        }
    }

    final List<String> calls = new CopyOnWriteArrayList<>();
    final Map<BigInteger, Issued> issued = new ConcurrentHashMap<>();
    volatile Function<String, @Nullable Answer> instead = call -> null;
    /** How long an enrolment is held back after it was carried out. */
    volatile Duration late = Duration.ZERO;
    volatile Duration validity = Duration.ofDays(365);
    /** Ours to those there. */
    volatile Map<String, String> certificateProfiles = Map.of("agency-seal", "SEAL", "person-signing", "PERSON");
    volatile @Nullable String otherSubject;
    volatile boolean approvals;
    /** Drops the mail addresses, as an end entity profile without that field does. */
    volatile boolean dropsNames;
    volatile int extraUsage;
    /** The page of a search that holds something. */
    volatile int firstPage = 1;
    volatile int crls;

    private final Set<BigInteger> changing = ConcurrentHashMap.newKeySet();
    private final HttpsServer server;
    private final Path folder;
    private final KeyPair rootKeys = keys();
    private final KeyPair issuingKeys = keys();
    private final X509Certificate root;
    private final X509Certificate issuing;

    TestEjbca(Path folder, boolean mutualTls) throws Exception {
        this.folder = folder;
        this.root = sign("CN=Root of a city", rootKeys, "CN=Root of a city", SubjectPublicKeyInfo.getInstance(rootKeys.getPublic().getEncoded()), true, Duration.ofDays(3650), null);
        this.issuing = sign("CN=Root of a city", rootKeys, ISSUER, SubjectPublicKeyInfo.getInstance(issuingKeys.getPublic().getEncoded()), true, Duration.ofDays(3000), null);
        KeyPair tls = keys();
        X509Certificate tlsCertificate = sign("CN=Root of a city", rootKeys, "CN=localhost", SubjectPublicKeyInfo.getInstance(tls.getPublic().getEncoded()), false, Duration.ofDays(30),
            new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
        KeyPair client = keys();
        X509Certificate clientCertificate = sign("CN=Root of a city", rootKeys, "CN=raclient", SubjectPublicKeyInfo.getInstance(client.getPublic().getEncoded()), false, Duration.ofDays(30), null);
        Files.writeString(folder.resolve("root.pem"), PemFile.encode(List.of(root)));
        Files.writeString(folder.resolve("client.pem"), PemFile.encode(List.of(clientCertificate)));
        SecretFile.write(folder.resolve("client.key"), PemFile.encode(client.getPrivate()));
        SecretFile.write(folder.resolve("token"), "a-bearer-token");
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(TlsMaterial.presenting(tls.getPrivate(), List.of(tlsCertificate)), new TrustManager[] {TlsMaterial.trusting(List.of(root))}, null);
        this.server = HttpsServer.create(new InetSocketAddress("localhost", 0), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tlsParameters = getSSLContext().getDefaultSSLParameters();
                tlsParameters.setNeedClientAuth(mutualTls);
                parameters.setSSLParameters(tlsParameters);
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/ejbca/ejbca-rest-api/", this::serve);
        server.start();
    }

    EjbcaSettings settings(Login login) {
        return new EjbcaSettings(URI.create("https://localhost:" + server.getAddress().getPort() + "/ejbca/ejbca-rest-api"), AUTHORITY, END_ENTITY_PROFILE,
            certificateProfiles, folder.resolve("root.pem"), folder.resolve("root.pem"), login);
    }

    ClientCertificate clientCertificate() {
        return new ClientCertificate(folder.resolve("client.key"), folder.resolve("client.pem"));
    }

    BearerToken bearerToken() {
        return new BearerToken(folder.resolve("token"));
    }

    long enrolments() {
        return calls.stream().filter(call -> call.startsWith("POST /v1/certificate/pkcs10enroll")).count();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String raw = exchange.getRequestURI().getRawPath().substring("/ejbca/ejbca-rest-api".length());
            String query = exchange.getRequestURI().getRawQuery();
            String call = exchange.getRequestMethod() + ' ' + raw + (query == null ? "" : '?' + query);
            calls.add(call);
            byte[] body = exchange.getRequestBody().readAllBytes();
            Answer answer = instead.apply(call);
            if (answer == null) {
                answer = usual(call, exchange, body);
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (RuntimeException e) {
            throw new IOException(e);
        }
    }

    private Answer usual(String call, HttpExchange exchange, byte[] body) {
        if (call.equals("GET /v1/certificate/status")) {
            return ok(200, Map.of("status", "OK", "version", "1.0", "revision", "EJBCA 8.2.0.1 Enterprise (working copy)"));
        }
        if (exchange.getRequestHeaders().containsKey("Authorization") && !exchange.getRequestHeaders().getFirst("Authorization").equals("Bearer a-bearer-token")) {
            return Answer.json(403, "Authentication failed using OAuth Bearer Token");
        }
        String[] parts = call.split("[ /?]");
        if (call.equals("GET /v1/ca")) {
            return ok(200, Map.of("certificate_authorities", List.of(Map.of("id", -7, "name", AUTHORITY, "subject_dn", ISSUER, "issuer_dn", "CN=Root of a city", "expiration_date", "2036-11-19T04:13:33Z"))));
        }
        if (call.equals("POST /v1/certificate/pkcs10enroll")) {
            return enrol(JsonMapper.shared().readTree(body));
        }
        if (call.equals("POST /v2/certificate/search")) {
            return search(JsonMapper.shared().readTree(body));
        }
        if (call.startsWith("GET /v2/certificate/profile/")) {
            return PROFILES.containsKey(call.substring(call.lastIndexOf('/') + 1)) ? ok(200, Map.of("certificate_profile_id", 1, "available_key_algs", List.of("ECDSA", "RSA")))
                : Answer.json(400, "Invalid search criteria, unknown certificate profile.");
        }
        if (call.endsWith("/getLatestCrl")) {
            return new Answer(200, "application/json", crls == 0 ? "{\"crl\":null,\"response_format\":\"DER\"}" : "{\"crl\":\"MAA=\",\"response_format\":\"DER\"}");
        }
        if (call.endsWith("/createcrl")) {
            crls++;
            return ok(200, Map.of("latest_crl_version", crls, "all_success", true));
        }
        if (call.endsWith("/certificate/download")) {
            // asked for as JSON it is called so, and is PEM all the same
            return new Answer(200, exchange.getRequestHeaders().getFirst("Accept").equals("application/json") ? "application/json" : "application/octet-stream", "Subject: " + ISSUER + "\nIssuer: CN=Root of a city\n" + pem(issuing) + "Subject: CN=Root of a city\nIssuer: CN=Root of a city\n" + pem(root));
        }
        if (call.contains("/revocationstatus") || call.contains("/revoke?")) {
            String issuer = URLDecoder.decode(parts[4], StandardCharsets.UTF_8);
            BigInteger serial = new BigInteger(parts[5], 16);
            if (!issuer.equals(ISSUER)) {
                return Answer.json(404, "CA with id 1625046984 does not exist.");
            }
            Issued one = issued.get(serial);
            if (one == null) {
                return Answer.json(404, "Could not find end entity certificate. Issuer " + issuer + ", serialNo " + serial.toString(16) + ".");
            }
            if (!call.contains("/revoke?")) {
                return standing(one);
            }
            if (!changing.add(serial)) { // as a live server did to some of eight that came together
                return Answer.json(500, "General failure.");
            }
            try {
                return revoke(one, query(call));
            } finally {
                changing.remove(serial);
            }
        }
        return Answer.json(404, "RESTEASY003210: Could not find resource for full path");
    }

    private Answer enrol(JsonNode question) {
        try {
            String pem = question.path("certificate_request").asString().replaceAll("-----[A-Z ]+-----|\\s", "");
            PKCS10CertificationRequest pkcs10 = new PKCS10CertificationRequest(Base64.getDecoder().decode(pem));
            byte[] key = pkcs10.getSubjectPublicKeyInfo().getEncoded();
            String user = question.path("username").asString();
            if (issued.values().stream().anyMatch(one -> !one.user().equals(user) && Arrays.equals(one.certificate().getPublicKey().getEncoded(), key))) {
                return Answer.json(400, "User '" + user + "' is not allowed to use same key as another user is using.");
            }
            Profile profile = PROFILES.get(question.path("certificate_profile_name").asString());
            if (profile == null) {
                return Answer.json(400, "Certificate profile with name \"" + question.path("certificate_profile_name").asString() + "\" doesn't exist");
            }
            String other = otherSubject;
            Extension names = pkcs10.getRequestedExtensions() == null ? null : pkcs10.getRequestedExtensions().getExtension(Extension.subjectAlternativeName);
            X509Certificate certificate = sign(ISSUER, issuingKeys, other == null ? ordered(pkcs10.getSubject()).toString() : other, pkcs10.getSubjectPublicKeyInfo(), false, validity,
                names == null || dropsNames ? null : GeneralNames.getInstance(names.getParsedValue()), other == null ? ordered(pkcs10.getSubject()) : null, profile);
            issued.put(certificate.getSerialNumber(), new Issued(user, certificate, null, null));
            pause(late);
            String serial = certificate.getSerialNumber().toString(16).toUpperCase(java.util.Locale.ROOT);
            return ok(201, Map.of("certificate", once(certificate), "serial_number", serial, "response_format", "DER", "certificate_chain", List.of(once(issuing), once(root))));
        } catch (Exception e) {
            return Answer.json(400, "Invalid certificate request");
        }
    }

    /** As a live server answers: UID, CN, serialNumber, OU, O, L, ST, C, whatever order was asked for. */
    private static X500Name ordered(X500Name asked) {
        List<ASN1ObjectIdentifier> order = List.of(BCStyle.UID, BCStyle.CN, BCStyle.SERIALNUMBER, BCStyle.GIVENNAME, BCStyle.SURNAME, BCStyle.T, BCStyle.OU, BCStyle.O,
            BCStyle.ORGANIZATION_IDENTIFIER, BCStyle.L, BCStyle.ST, BCStyle.C);
        return new X500Name(Stream.of(asked.getRDNs()).sorted(Comparator.comparingInt(rdn -> order.indexOf(rdn.getFirst().getType()))).toArray(RDN[]::new));
    }

    private Answer search(JsonNode question) {
        String user = question.path("criteria").path(0).path("value").asString();
        int size = question.path("pagination").path("page_size").asInt();
        int page = question.path("pagination").path("current_page").asInt();
        List<Map<String, Object>> found = new ArrayList<>();
        if (question.path("criteria").path(0).path("property").asString().equals("END_ENTITY_PROFILE")) {
            return user.equals(END_ENTITY_PROFILE) ? ok(200, Map.of("certificates", found)) : Answer.json(400, "Invalid search criteria content, unknown end entity profile.");
        }
        issued.values().stream().filter(one -> one.user().equals(user) || one.certificate().getSerialNumber().toString(16).equalsIgnoreCase(user)).skip(Math.max(0, page - firstPage) * (long) size).limit(size).forEach(one -> found.add(Map.of("username", one.user(),
            "base64Cert", Base64.getEncoder().encodeToString(once(one.certificate()).getBytes(StandardCharsets.US_ASCII)), "udpateTime", 1_795_321_503_000L, "status", 20)));
        return ok(200, Map.of("certificates", found, "pagination_summary", Map.of("page_size", size, "current_page", page)));
    }

    private Answer revoke(Issued one, String reason) {
        pause(Duration.ofMillis(50));
        if (approvals) {
            return calls.stream().filter(call -> call.startsWith("PUT ") && call.contains(one.certificate().getSerialNumber().toString(16).toUpperCase(java.util.Locale.ROOT))).count() > 1 ? Answer.json(400, "Approval request with approvalID -1492267362 already exists.")
                : ok(202, Map.of("status_code", 202, "info_message", "Revocation has been sent for approval by authorized administrators."));
        }
        boolean held = "CERTIFICATE_HOLD".equals(one.reason());
        if (reason.equals("REMOVE_FROM_CRL") && !held) {
            return Answer.json(409, "Not allowed to unrevoke a certificate that is not on hold. Issuer " + ISSUER + ".");
        }
        if (one.revoked() != null && !held) {
            return Answer.json(409, "Certificate with issuer: " + ISSUER + " and serial number: 1 has previously been revoked. Revocation reason could not be changed or was not allowed.");
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Issued changed = reason.equals("REMOVE_FROM_CRL") ? new Issued(one.user(), one.certificate(), null, null)
            : new Issued(one.user(), one.certificate(), reason, held && one.revoked() != null ? one.revoked() : now);
        issued.put(one.certificate().getSerialNumber(), changed);
        return standing(changed);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An approver says yes. */
    void approve(BigInteger serial, String reason) {
        issued.computeIfPresent(serial, (number, one) -> reason.equals("REMOVE_FROM_CRL") ? new Issued(one.user(), one.certificate(), null, null)
            : new Issued(one.user(), one.certificate(), reason, Instant.now().truncatedTo(ChronoUnit.SECONDS)));
    }

    private static Answer standing(Issued one) {
        return one.revoked() == null ? ok(200, Map.of("issuer_dn", ISSUER, "revocation_reason", "NOT_REVOKED", "revoked", false))
            : ok(200, Map.of("issuer_dn", ISSUER, "revocation_reason", String.valueOf(one.reason()), "revocation_date", one.revoked().toString(), "revoked", true));
    }

    private static String query(String call) {
        return call.substring(call.indexOf("reason=") + "reason=".length());
    }

    private static Answer ok(int status, Map<String, ?> body) {
        return new Answer(status, "application/json", JsonMapper.shared().writeValueAsString(body));
    }

    private static String once(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(X509Certificate certificate) {
        return "-----BEGIN CERTIFICATE-----\n" + once(certificate).replaceAll("(.{64})", "$1\n") + "\n-----END CERTIFICATE-----\n";
    }

    private static KeyPair keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private X509Certificate sign(String issuer, KeyPair issuerKeys, String subject, SubjectPublicKeyInfo key, boolean authority, Duration validity, @Nullable GeneralNames names)
        throws Exception {
        return sign(issuer, issuerKeys, subject, key, authority, validity, names, null, new Profile(KeyUsage.digitalSignature));
    }

    private X509Certificate sign(String issuer, KeyPair issuerKeys, String subject, SubjectPublicKeyInfo key, boolean authority, Duration validity, @Nullable GeneralNames names,
        @Nullable X500Name encoded, Profile profile) throws Exception {
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(new X500Name(issuer), new BigInteger(150, new SecureRandom()).setBit(150), Date.from(now.minusSeconds(60)),
            Date.from(now.plus(validity)), encoded == null ? new X500Name(subject) : encoded, key);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : profile.keyUsage() | extraUsage));
        if (profile.purposes().length > 0) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(profile.purposes()));
        }
        if (names != null) {
            builder.addExtension(Extension.subjectAlternativeName, false, names);
        }
        return new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate())));
    }
}
