package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import antin.kernel.tls.PemFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

/** Certificates and CRLs of the running authority, as an independent reader sees them. */
class CrlByOpensslTest {

    @TempDir
    private static Path home;
    private static @Nullable TestAuthority test;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed: apt-get install openssl");
        TestAuthority started = TestAuthority.start(TestPostgres.source(TestPostgres.newDatabase()), home, Clock.systemUTC());
        test = started;
        for (String name : List.of("good", "revoked", "unspecified")) {
            X509Certificate certificate = started.authority().issue(TestRequests.any()).certificate();
            Files.writeString(home.resolve(name + ".pem"), PemFile.encode(List.of(certificate)));
            if (!name.equals("good")) {
                started.authority().revoke(certificate.getSerialNumber(),
                    name.equals("revoked") ? RevocationReason.CESSATION_OF_OPERATION : RevocationReason.UNSPECIFIED, "admin");
            }
        }
        for (String issuer : List.of("agencies", "root")) {
            Files.write(home.resolve(issuer + ".crl"), started.authority().crl(issuer));
            openssl("crl", "-inform", "DER", "-in", issuer + ".crl", "-out", issuer + ".crl.pem");
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (test != null) {
            test.close();
        }
    }

    @Test
    void verifiesTheCrlsByTheirAuthorities() throws Exception {
        assertThat(openssl("crl", "-inform", "DER", "-in", "agencies.crl", "-CAfile", "tls/agencies.pem", "-noout")).contains("verify OK");
        assertThat(openssl("crl", "-inform", "DER", "-in", "root.crl", "-CAfile", "tls/root.pem", "-noout")).contains("verify OK");
    }

    @Test
    void readsInThemWhatRfc5280Wants() throws Exception {
        assertThat(openssl("crl", "-in", "agencies.crl.pem", "-noout", "-text")).contains("Version 2", "ecdsa-with-SHA384", "X509v3 CRL Number",
            "X509v3 Authority Key Identifier", "X509v3 CRL Reason Code: \n                Cessation Of Operation").doesNotContain("Unspecified");
    }

    @Test
    void takesAGoodCertificateUpToTheRootAndRefusesARevokedOne() throws Exception {
        assertThat(verify("good")).contains("good.pem: OK");
        assertThat(verify("revoked")).contains("certificate revoked").doesNotContain(": OK");
        assertThat(verify("unspecified")).contains("certificate revoked").doesNotContain(": OK");
    }

    private static String verify(String name) throws IOException, InterruptedException {
        return openssl("verify", "-x509_strict", "-crl_check_all", "-CAfile", "tls/root.pem", "-untrusted", "tls/agencies.pem", "-CRLfile", "agencies.crl.pem",
            "-CRLfile", "root.crl.pem", name + ".pem");
    }

    private static String openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
