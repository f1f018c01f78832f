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
        Files.write(home.resolve("before.crl"), started.authority().crl("agencies"));
        for (String name : List.of("good", "revoked", "unspecified")) {
            X509Certificate certificate = started.authority().issue(TestRequests.any()).certificate();
            Files.writeString(home.resolve(name + ".pem"), PemFile.encode(List.of(certificate)));
            if (!name.equals("good")) {
                started.authority().revoke(certificate.getSerialNumber(),
                    name.equals("revoked") ? RevocationReason.CESSATION_OF_OPERATION : RevocationReason.UNSPECIFIED, "admin");
            }
        }
        X509Certificate held = started.authority().issue(TestRequests.any()).certificate();
        Files.writeString(home.resolve("held.pem"), PemFile.encode(List.of(held)));
        started.authority().hold(held.getSerialNumber(), "admin");
        Files.write(home.resolve("holding.crl"), started.authority().crl("agencies"));
        Files.write(home.resolve("holding-delta.crl"), started.authority().crl("agencies-delta"));
        started.authority().release(held.getSerialNumber(), "admin");
        Files.write(home.resolve("agencies.crl"), started.authority().crl("agencies"));
        Files.write(home.resolve("delta.crl"), started.authority().crl("agencies-delta"));
        Files.write(home.resolve("root.crl"), started.authority().crl("root"));
        for (String issuer : List.of("agencies", "before", "delta", "root", "holding", "holding-delta")) {
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
    void tellsWhatItsDeltaCountsFromAndWhereItIs() throws Exception {
        assertThat(openssl("crl", "-inform", "DER", "-in", "delta.crl", "-CAfile", "tls/agencies.pem", "-noout")).contains("verify OK");
        String number = openssl("crl", "-in", "agencies.crl.pem", "-noout", "-crlnumber");
        assertThat(openssl("crl", "-in", "delta.crl.pem", "-noout", "-crlnumber")).as("RFC 5280, 5.2.4: one number for both").isEqualTo(number);
        assertThat(openssl("crl", "-in", "delta.crl.pem", "-noout", "-text")).contains("X509v3 Delta CRL Indicator: critical", "Cessation Of Operation")
            .doesNotContain("X509v3 Freshest CRL");
        assertThat(openssl("crl", "-in", "agencies.crl.pem", "-noout", "-text")).contains("X509v3 Freshest CRL", "/crl/agencies-delta.crl", "2.5.29.60");
        assertThat(openssl("crl", "-in", "root.crl.pem", "-noout", "-text")).doesNotContain("X509v3 Freshest CRL");
    }

    @Test
    void letsWhoHasAnOlderListSeeByTheDeltaWhatWasRevokedSince() throws Exception {
        assertThat(verifyByDelta("revoked")).contains("certificate revoked").doesNotContain(": OK");
        assertThat(verifyByDelta("good")).contains("good.pem: OK");
        assertThat(openssl("verify", "-crl_check", "-CAfile", "tls/root.pem", "-untrusted", "tls/agencies.pem", "-CRLfile", "before.crl.pem", "revoked.pem"))
            .as("without the delta").contains("revoked.pem: OK");
    }

    @Test
    void holdsAndReleasesInFullListsAndDeltas() throws Exception {
        assertThat(openssl("crl", "-in", "holding.crl.pem", "-noout", "-text")).contains("Certificate Hold");
        assertThat(openssl("crl", "-in", "delta.crl.pem", "-noout", "-text")).contains("Remove From CRL").doesNotContain("Certificate Hold");
        assertThat(openssl("crl", "-in", "agencies.crl.pem", "-noout", "-text")).as("RFC 5280, 5.3.1: in deltas only").doesNotContain("Remove From CRL", "Certificate Hold");
        assertThat(verifyByDelta("before", "holding-delta", "held")).contains("certificate revoked").doesNotContain(": OK");
        assertThat(verifyBy("holding", "held")).contains("certificate revoked").doesNotContain(": OK");
        assertThat(verifyByDelta("holding", "delta", "held")).as("the full list has it, and the delta takes it off").contains("held.pem: OK");
        assertThat(verifyByDelta("before", "delta", "held")).as("the full list never had it").contains("held.pem: OK");
        assertThat(verifyBy("agencies", "held")).contains("held.pem: OK");
    }

    private static String verifyByDelta(String name) throws IOException, InterruptedException {
        return verifyByDelta("before", "delta", name);
    }

    private static String verifyByDelta(String full, String delta, String name) throws IOException, InterruptedException {
        return openssl("verify", "-crl_check", "-use_deltas", "-extended_crl", "-CAfile", "tls/root.pem", "-untrusted", "tls/agencies.pem", "-CRLfile", full + ".crl.pem",
            "-CRLfile", delta + ".crl.pem", name + ".pem");
    }

    private static String verifyBy(String full, String name) throws IOException, InterruptedException {
        return openssl("verify", "-crl_check", "-CAfile", "tls/root.pem", "-untrusted", "tls/agencies.pem", "-CRLfile", full + ".crl.pem", name + ".pem");
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
