package antin.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import antin.kernel.tls.PemFile;
import antin.keys.pkcs12.Pkcs12KeyRing;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mail server's port, with openssl as the mail program on the other side. */
class MailTest {

    private static final TestService SERVICE = TestService.shared();
    private static final String ADDRESS = "van-thu@city.example";
    private static final byte[] ENTITY = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nKính gửi Sở Nội vụ.\r\n".getBytes(UTF_8);

    @TempDir
    private Path folder;

    @BeforeEach
    void ready() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
        await().atMost(Duration.ofSeconds(30)).until(() -> management().contains("\"keys\":\"up\""));
        Files.writeString(folder.resolve("root.pem"), PemFile.encode(List.of(SERVICE.pki.root.certificate())));
        Files.write(folder.resolve("entity"), ENTITY);
        for (String key : List.of("mail-sign", "mail-open", "mail-open-ec", "sample-seal")) {
            Files.writeString(folder.resolve(key + ".pem"), PemFile.encode(List.of(certificate(key))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ADDRESS, "VAN-THU@city.example"})
    void signsOctetsAsOpensslVerifiesThem(String address) throws Exception {
        HttpResponse<byte[]> answer = ask("mail-server", "/v1/cms/sign?address=" + address, ENTITY);
        assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pkcs7-signature");
        Files.write(folder.resolve("signature"), answer.body());
        assertThat(openssl("cms", "-verify", "-binary", "-inform", "DER", "-in", "signature", "-content", "entity", "-CAfile", "root.pem", "-purpose", "smimesign", "-out", "out"))
            .contains("CMS Verification successful");
        Files.write(folder.resolve("other"), "another text\r\n".getBytes(UTF_8));
        assertThat(run("cms", "-verify", "-binary", "-inform", "DER", "-in", "signature", "-content", "other", "-CAfile", "root.pem", "-purpose", "smimesign", "-out", "out")).isNotZero();
        assertThat(openssl("cms", "-cmsout", "-print", "-inform", "DER", "-in", "signature")).contains("signingTime", "id-smime-aa-signingCertificateV2", "S/MIME Capabilities", "sha256",
            "CN=Test Issuing", "eContent: <ABSENT>").doesNotContain("subject: CN=Test Root");
        assertThat(SERVICE.auditLog()).containsPattern("\"act\":\"key.use\",\"outcome\":\"begun\",\"who\":\"antin:mail-server\".*\"x-format\":\"CMS-sign\",\"x-key\":\"mail-sign\"")
            .containsPattern("\"outcome\":\"done\",\"who\":\"antin:mail-server\".*\"x-key\":\"mail-sign\",\"x-sha256\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-aes-256-cbc mail-open.pem", "-aes-128-cbc -keyid -recip mail-open.pem", "-aes-192-cbc -stream mail-open.pem",
        "-aes-256-cbc -recip mail-open.pem -keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256", "-aes-128-cbc -recip mail-open.pem -keyopt rsa_padding_mode:oaep",
        "-aes-256-gcm mail-open.pem", "-aes-128-gcm sample-seal.pem mail-open.pem", "-aes-256-gcm -recip mail-open.pem -keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha512",
        "-aes-128-cbc mail-open-ec.pem", "-aes-256-gcm mail-open-ec.pem", "-aes-256-cbc -recip mail-open-ec.pem -keyopt ecdh_kdf_md:sha256", "-aes-256-cbc -keyid -recip mail-open-ec.pem"})
    void opensWhatOpensslEncrypts(String how) throws Exception {
        HttpResponse<byte[]> answer = decrypt(encrypted(how.split(" ")));
        assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(ENTITY);
        assertThat(SERVICE.auditLog()).containsPattern("\"outcome\":\"begun\",\"who\":\"antin:mail-server\".*\"x-format\":\"CMS-decrypt\",\"x-key\":\"mail-open");
    }

    @Test
    void opensALargeMessageAndRefusesALargerOneBeforeItIsSent() throws Exception {
        byte[] large = new byte[20_000_000];
        Files.write(folder.resolve("entity"), large);
        HttpResponse<byte[]> answer = decrypt(encrypted("-aes-256-gcm", "mail-open.pem"));
        assertThat(Arrays.equals(answer.body(), large)).isTrue();
        assertThat(ask("mail-server", "/v1/cms/sign?address=" + ADDRESS, large).statusCode()).isEqualTo(200);
        HttpResponse<byte[]> refused = ask("mail-server", "/v1/cms/decrypt?address=" + ADDRESS, new byte[(25 << 20) + 1]);
        assertThat(refused.statusCode()).isEqualTo(413);
    }

    @Test
    void tellsNothingOfWhatDependsOnTheKey() throws Exception {
        byte[] pkcs1 = encrypted("-aes-256-cbc", "mail-open.pem");
        byte[] gcm = encrypted("-aes-256-gcm", "mail-open-ec.pem");
        byte[] otherKey = pkcs1.clone();
        otherKey[indexOf(pkcs1, certificate("mail-open").getSerialNumber()) + 60] ^= 1; // inside the RSA value
        byte[] otherContent = pkcs1.clone();
        otherContent[pkcs1.length - 1] ^= 1;
        byte[] otherTag = gcm.clone();
        otherTag[gcm.length - 1] ^= 1;
        for (byte[] message : List.of(otherKey, otherContent, otherTag)) {
            HttpResponse<byte[]> answer = decrypt(message);
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(new String(answer.body(), UTF_8)).contains("/problems/malformed-document", "The message does not open.");
        }
        assertThat(SERVICE.auditLog()).containsPattern("\"outcome\":\"failed\",\"who\":\"antin:mail-server\".*\"x-key\":\"mail-open\"");
    }

    @Test
    void refusesWhatItDoesNotTake() throws Exception {
        assertThat(new String(decrypt(encrypted("-des3", "mail-open.pem")).body(), UTF_8)).contains("only AES");
        assertThat(new String(decrypt(encrypted("-aes-128-cbc", "sample-seal.pem")).body(), UTF_8)).contains("no key of this address");
        assertThat(decrypt(new byte[] {0x30, (byte) 0x80, 1, 2, 3}).statusCode()).isEqualTo(422);
        byte[] deep = new byte[200_000];
        for (int i = 0; i < deep.length; i++) {
            deep[i] = i % 2 == 0 ? 0x30 : (byte) 0x80;
        }
        assertThat(decrypt(deep).statusCode()).isEqualTo(422);
        assertThat(decrypt(new byte[0]).statusCode()).isEqualTo(400);
        assertThat(ask("mail-server", "/v1/cms/decrypt", ENTITY).statusCode()).isEqualTo(400);
        assertThat(ask("mail-server", "/v1/cms/sign?address=nobody@city.example", ENTITY).statusCode()).isEqualTo(404);
        HttpResponse<byte[]> another = ask("mail-server", "/v1/cms/sign?address=other@city.example", ENTITY);
        assertThat(another.statusCode()).as("the certificate names another address").isEqualTo(422);
        assertThat(ask("mail-server", "/v1/cms/other?address=" + ADDRESS, ENTITY).statusCode()).isEqualTo(404);
    }

    @Test
    void signsNothingByARevokedCertificateAndStillOpensItsMail() throws Exception {
        BigInteger signing = certificate("mail-sign").getSerialNumber();
        BigInteger encryption = certificate("mail-open").getSerialNumber();
        SERVICE.pki.revoked.put(signing, Instant.now());
        SERVICE.pki.revoked.put(encryption, Instant.now());
        try {
            await().atMost(Duration.ofSeconds(3)).untilAsserted(() -> assertThat(ask("mail-server", "/v1/cms/sign?address=" + ADDRESS, ENTITY).statusCode()).isEqualTo(422));
            assertThat(decrypt(encrypted("-aes-256-gcm", "mail-open.pem")).statusCode()).isEqualTo(200);
        } finally {
            SERVICE.pki.revoked.remove(signing);
            SERVICE.pki.revoked.remove(encryption);
            Thread.sleep(1_100); // an answer counts for a second
        }
    }

    @Test
    void isThereForTheMailServerOnly() {
        assertThatThrownBy(() -> ask("backbone", "/v1/cms/sign?address=" + ADDRESS, ENTITY)).isInstanceOf(IOException.class);
    }

    private HttpResponse<byte[]> decrypt(byte[] message) throws IOException, InterruptedException {
        return ask("mail-server", "/v1/cms/decrypt?address=" + ADDRESS, message);
    }

    private static HttpResponse<byte[]> ask(String peer, String path, byte[] body) throws IOException, InterruptedException {
        InternalIdentity identity = InternalIdentity.read(SERVICE.home.resolve("tls/internal"), peer);
        try (HttpClient client = HttpClient.newBuilder().sslContext(identity.clientContext(new PeerName("antin:signing-service"))).version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(HttpRequest.newBuilder(URI.create("https://localhost:" + SERVICE.internalPort + path)).POST(BodyPublishers.ofByteArray(body)).build(),
                BodyHandlers.ofByteArray());
        }
    }

    private static String management() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + SERVICE.managementPort + "/ready")).build(), BodyHandlers.ofString()).body();
        }
    }

    private static X509Certificate certificate(String key) {
        try (Pkcs12KeyRing ring = new Pkcs12KeyRing(SERVICE.home.resolve("keys"), SERVICE.home.resolve("secrets/signing-keys.password"), Clock.systemUTC())) {
            return ring.find(key).orElseThrow().certificate();
        }
    }

    private static int indexOf(byte[] message, BigInteger serial) {
        byte[] wanted = serial.toByteArray();
        for (int i = 0; i < message.length - wanted.length; i++) {
            if (message[i] == 2 && message[i + 1] == wanted.length && Arrays.equals(Arrays.copyOfRange(message, i + 2, i + 2 + wanted.length), wanted)) {
                return i;
            }
        }
        throw new AssertionError("the serial number is not there");
    }

    private byte[] encrypted(String... how) throws Exception {
        List<String> command = new ArrayList<>(List.of("cms", "-encrypt", "-binary", "-in", "entity", "-outform", "DER", "-out", "encrypted"));
        command.addAll(List.of(how));
        openssl(command.toArray(String[]::new));
        return Files.readAllBytes(folder.resolve("encrypted"));
    }

    private String openssl(String... arguments) throws Exception {
        int code = run(arguments);
        String output = Files.readString(folder.resolve("openssl.log"));
        assertThat(code).as(output).isZero();
        return output;
    }

    private int run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/openssl"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(folder.resolve("openssl.log").toFile()).start().waitFor();
    }
}
