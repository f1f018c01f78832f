package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import antin.ca.authority.AuthorityFiles;
import antin.ca.status.CertificateStatuses;
import antin.ca.status.DelegatedKey;
import antin.ca.status.OcspResponder;
import antin.ca.status.TimeStampingAuthority;
import antin.kernel.audit.AuditLog;
import antin.kernel.tls.PemFile;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation whose authorities have RSA keys, as an independent reader sees what they sign. */
class RsaAuthoritiesTest {

    @TempDir
    private Path home;

    @Test
    void signCertificatesListsAndDelegationsThatOpensslTakes() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed: apt-get install openssl");
        TestState state = TestState.prepare(home);
        Files.writeString(home.resolve("conf/ca.properties"), "issuing-key=RSA-3072\ntime-stamp-key=RSA-3072\n", StandardOpenOption.APPEND);
        try (TestAuthority test = TestAuthority.start(TestPostgres.source(TestPostgres.newDatabase()), home, Clock.systemUTC())) {
            X509Certificate certificate = test.authority().issue(TestRequests.any()).certificate();
            Files.writeString(home.resolve("seal.pem"), PemFile.encode(List.of(certificate)));
            assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withRSA");
            list(test, "root");
            list(test, "agencies");
            assertThat(verify()).contains("seal.pem: OK");
            assertThat(openssl("verify", "-x509_strict", "-CAfile", "tls/root.pem", "-untrusted", "tls/issuing.pem", "-purpose", "sslserver", "tls/backbone.pem")).contains(": OK");

            CertificateStatus revoked = test.authority().revoke(certificate.getSerialNumber(), RevocationReason.SUPERSEDED, "admin");
            list(test, "agencies");
            assertThat(verify()).contains("certificate revoked");
            assertThat(openssl("crl", "-in", "agencies.crl", "-CAfile", "tls/agencies.pem", "-noout", "-text")).contains("verify OK", "sha256WithRSAEncryption");

            assertThat(ocsp(revoked)).contains("Response verify OK", "seal.pem: revoked");
            assertThat(stamp()).contains("Verification: OK");
        }
        assertThat(openssl("x509", "-in", "tls/root.pem", "-noout", "-text")).contains("Public-Key: (4096 bit)", "sha384WithRSAEncryption");
        assertThat(openssl("x509", "-in", "tls/agencies.pem", "-noout", "-text")).contains("Public-Key: (3072 bit)", "sha384WithRSAEncryption");
        assertThat(state.bootstrap(Clock.systemUTC())).containsExactly("ca: every key and certificate is current");
    }

    private void list(TestAuthority test, String issuer) throws Exception {
        Files.write(home.resolve(issuer + ".der"), test.authority().crl(issuer));
        openssl("crl", "-inform", "DER", "-in", issuer + ".der", "-out", issuer + ".crl");
    }

    private String verify() throws Exception {
        return openssl("verify", "-x509_strict", "-crl_check_all", "-CAfile", "tls/root.pem", "-untrusted", "tls/agencies.pem", "-CRLfile", "agencies.crl",
            "-CRLfile", "root.crl", "seal.pem");
    }

    private String ocsp(CertificateStatus known) throws Exception {
        CertificateStatuses statuses = new CertificateStatuses() {
            @Override
            public Optional<CertificateStatus> find(String issuer, BigInteger serial) {
                return Optional.of(known);
            }

            @Override
            public Instant knownAt() {
                return Instant.now();
            }
        };
        DelegatedKey key = DelegatedKey.read(home.resolve("status"), "ocsp-agencies", home.resolve("secrets/status-keys.password"), DelegatedKey.OCSP_SIGNING);
        openssl("ocsp", "-issuer", "tls/agencies.pem", "-cert", "seal.pem", "-no_nonce", "-reqout", "request.der");
        byte[] request = Files.readAllBytes(home.resolve("request.der"));
        Files.write(home.resolve("answer.der"), new OcspResponder(Map.of(AuthorityFiles.AGENCIES, () -> key), statuses, Clock.systemUTC()).answer(request).der());
        return openssl("ocsp", "-respin", "answer.der", "-issuer", "tls/agencies.pem", "-cert", "seal.pem", "-no_nonce", "-CAfile", "tls/root.pem", "-verify_other", "tls/agencies.pem");
    }

    private String stamp() throws Exception {
        DelegatedKey key = DelegatedKey.read(home.resolve("status"), "tsa", home.resolve("secrets/status-keys.password"), DelegatedKey.TIME_STAMPING);
        assertThat(key.key().getAlgorithm()).isEqualTo("RSA");
        openssl("ts", "-query", "-data", "seal.pem", "-sha256", "-cert", "-out", "stamp.tsq");
        try (AuditLog audit = AuditLog.open(home.resolve("audit"), "backbone", Clock.systemUTC())) {
            byte[] answer = new TimeStampingAuthority(() -> key, audit, Clock.systemUTC(), new SecureRandom()).answer(Files.readAllBytes(home.resolve("stamp.tsq")), "127.0.0.1").der();
            Files.write(home.resolve("stamp.tsr"), answer);
        }
        return openssl("ts", "-verify", "-queryfile", "stamp.tsq", "-in", "stamp.tsr", "-CAfile", "tls/root.pem");
    }

    private String openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
