package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Journeys 3 and 4: a system seals a document, and everybody can check it with tools that are not ours. */
@Tag("journey")
@ExtendWith(UnderTest.class)
class SealJourneyTest {

    private static final Pattern CERTIFICATE = Pattern.compile("X509Certificate>([^<]+)<");

    @TempDir
    private Path folder;
    private Path issuing;
    private Path agencies;

    @BeforeEach
    void fetchAuthorities(Antin antin) {
        issuing = fetch(antin, "issuing");
        agencies = fetch(antin, "agencies");
    }

    private Path fetch(Antin antin, String authority) {
        Path der = folder.resolve(authority + ".cer");
        Path pem = folder.resolve(authority + ".pem");
        Tool.run("curl", "-sf", "-o", der.toString(), status(antin, "/ca/" + authority + ".cer")).succeeds();
        Tool.run("openssl", "x509", "-inform", "DER", "-in", der.toString(), "-out", pem.toString()).succeeds();
        return pem;
    }

    @Test
    void sealsAPdfForTheLongTermThatPdfsigAndOpensslBelieve(Antin antin) throws IOException {
        SigningClient client = new SigningClient(antin, folder);
        Path plain = Files.write(folder.resolve("quyết định.pdf"), Pdf.ofSize(1_000_000));

        SigningClient.Answer answer = client.seal("{\"key\":\"sample-seal\",\"format\":\"PAdES\",\"level\":\"LTA\",\"reason\":\"Ban hành\"}", plain).is(201);

        assertThat(answer.headers()).containsIgnoringCase("location: /v1/signatures/").containsIgnoringCase("content-type: application/pdf");
        Path sealed = Files.move(answer.body(), folder.resolve("sealed.pdf"));
        assertThat(pdfsig(antin, sealed)).contains("Signature is Valid.", "Certificate is Trusted.").doesNotContain("Invalid");
        assertThat(Tool.run("pdfsig", "-no-ocsp", "-nssdir", "sql:" + folder.resolve("nss"), sealed.toString()).output()).contains("Certificate is Trusted.");
        Pdf.Signed stamp = Pdf.timeStamp(Files.readAllBytes(sealed));
        Path token = Files.write(folder.resolve("stamp.der"), stamp.token());
        Path data = Files.write(folder.resolve("stamp.data"), stamp.data());
        assertThat(Tool.run("openssl", "ts", "-verify", "-token_in", "-in", token.toString(), "-data", data.toString(), "-CAfile", antin.root(),
            "-untrusted", issuing.toString()).succeeds().output()).contains("Verification: OK");
        assertThat(client.validate(sealed).is(200).text()).contains("\"conclusion\":\"valid\"", "\"covers\":\"whole\"");
    }

    @Test
    void seesOneChangedByte(Antin antin) throws IOException {
        SigningClient client = new SigningClient(antin, folder);
        Path plain = Files.write(folder.resolve("plain.pdf"), Pdf.ofSize(50_000));
        byte[] sealed = Files.readAllBytes(client.seal("{\"key\":\"sample-seal-ec\",\"format\":\"PAdES\",\"level\":\"B\"}", plain).is(201).body());
        sealed[25_000] ^= 1;
        Path changed = Files.write(folder.resolve("changed.pdf"), sealed);

        assertThat(pdfsig(antin, changed)).contains("Digest Mismatch").doesNotContain("Signature is Valid.");
        assertThat(client.validate(changed).is(200).text()).contains("\"conclusion\":\"invalid\"");
    }

    @Test
    void sealsXmlThatXmlsecBelieves(Antin antin) throws IOException {
        SigningClient client = new SigningClient(antin, folder);
        Path plain = Files.writeString(folder.resolve("công văn.xml"), "<công-văn số=\"12\"><trích-yếu>Về việc ký số</trích-yếu></công-văn>");
        for (String options : List.of("\"key\":\"sample-seal-ec\"", "\"key\":\"sample-seal\",\"algorithm\":\"RSA-SHA256\"")) {
            Path sealed = client.seal("{" + options + ",\"format\":\"XAdES\",\"level\":\"T\",\"packaging\":\"enveloped\"}", plain).is(201).body();
            assertThat(client.validate(sealed).is(200).text()).contains("\"conclusion\":\"valid\"");
            Tool.run("xmlsec1", "--verify", "--id-attr:Id", "SignedProperties", "--trusted-pem", antin.root(), "--untrusted-pem", agencies.toString(),
                sealed.toString()).succeeds();
            Path changed = Files.writeString(folder.resolve("changed.xml"), Files.readString(sealed).replace("ký số", "kí số"));
            assertThat(Tool.run("xmlsec1", "--verify", "--id-attr:Id", "SignedProperties", "--trusted-pem", antin.root(), "--untrusted-pem",
                agencies.toString(), changed.toString()).exit()).isNotZero();
            assertThat(client.validate(changed).is(200).text()).contains("\"conclusion\":\"invalid\"");
        }
    }

    @Test
    void answersForItsCertificatesToOpenssl(Antin antin) throws IOException {
        SigningClient client = new SigningClient(antin, folder);
        Path plain = Files.writeString(folder.resolve("plain.xml"), "<a/>");
        Matcher certificate = CERTIFICATE.matcher(Files.readString(client.seal("{\"key\":\"sample-seal-ec\",\"format\":\"XAdES\",\"level\":\"B\"}", plain).is(201).body()));
        assertThat(certificate.find()).isTrue();
        Path signer = folder.resolve("signer.pem");
        Path der = Files.write(folder.resolve("signer.der"), Base64.getMimeDecoder().decode(certificate.group(1)));
        Tool.run("openssl", "x509", "-inform", "DER", "-in", der.toString(), "-out", signer.toString()).succeeds();
        Path crl = folder.resolve("agencies.crl");
        Tool.run("curl", "-sf", "-o", crl.toString(), status(antin, "/crl/agencies.crl")).succeeds();
        Path pem = folder.resolve("agencies.crl.pem");

        assertThat(Tool.run("openssl", "crl", "-inform", "DER", "-in", crl.toString(), "-CAfile", agencies.toString(), "-out", pem.toString()).succeeds().output())
            .contains("verify OK");
        Tool.run("openssl", "verify", "-crl_check", "-CRLfile", pem.toString(), "-CAfile", antin.root(), "-untrusted", agencies.toString(), signer.toString()).succeeds();
        assertThat(Tool.run("openssl", "ocsp", "-issuer", agencies.toString(), "-cert", signer.toString(), "-url", status(antin, "/ocsp"),
            "-CAfile", antin.root(), "-verify_other", agencies.toString()).succeeds().output()).contains("Response verify OK", signer + ": good");
        Path query = folder.resolve("query.tsq");
        Path reply = folder.resolve("reply.tsr");
        Tool.run("openssl", "ts", "-query", "-data", plain.toString(), "-sha256", "-cert", "-out", query.toString()).succeeds();
        Tool.run("curl", "-sf", "-H", "Content-Type: application/timestamp-query", "--data-binary", "@" + query, "-o", reply.toString(), status(antin, "/tsa")).succeeds();
        assertThat(Tool.run("openssl", "ts", "-verify", "-queryfile", query.toString(), "-in", reply.toString(), "-CAfile", antin.root(), "-untrusted",
            issuing.toString()).succeeds().output()).contains("Verification: OK");
    }

    /** With OCSP by GET: NSS asks so. */
    private String pdfsig(Antin antin, Path file) throws IOException {
        Path nss = folder.resolve("nss");
        if (!Files.exists(nss)) {
            Files.createDirectory(nss);
            Tool.run("certutil", "-N", "-d", "sql:" + nss, "--empty-password").succeeds();
            Tool.run("certutil", "-A", "-d", "sql:" + nss, "-n", "root", "-t", "C,C,C", "-i", antin.root()).succeeds();
        }
        return Tool.run("pdfsig", "-nssdir", "sql:" + nss, file.toString()).output();
    }

    private static String status(Antin antin, String path) {
        return "http://localhost:" + antin.port(8441) + path;
    }
}
