package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestAuthority;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MailClientFilesTest {

    private static final String QUESTION = "<?xml version=\"1.0\"?>%s<Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006\">"
        + "<Request><EMailAddress>%s</EMailAddress></Request></Autodiscover>";

    @TempDir
    private Path folder;
    private final TestBackbone backbone = TestBackbone.shared();
    private final TestBrowser stranger = new TestBrowser(backbone);

    @Test
    void tellsThunderbirdTheServersAndNothingAboutWhoExists() throws Exception {
        HttpResponse<String> answer = stranger.get("/.well-known/autoconfig/mail/config-v1.1.xml");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("text/xml"));
        parse(answer.body());
        assertThat(answer.body()).contains("<clientConfig version=\"1.1\">", "<hostname>localhost</hostname><port>993</port><socketType>SSL</socketType>",
            "<authentication>OAuth2</authentication><authentication>password-cleartext</authentication>", "<username>%EMAILADDRESS%</username>", backbone.url() + "/oauth2/token");
        String known = stranger.get("/mail/config-v1.1.xml?emailaddress=" + backbone.directory.people().get(2).address()).body();
        assertThat(stranger.get("/mail/config-v1.1.xml?emailaddress=nobody@city.example").body()).isEqualTo(known);
        assertThat(stranger.get("/mail/config-v1.1.xml?emailaddress=a@phong-la.city.example").body()).contains("<domain>phong-la.city.example</domain>");
        assertThat(stranger.get("/mail/config-v1.1.xml?emailaddress=%3Cx%3E@%22.city.example").body()).isEqualTo(known);
    }

    @Test
    void answersOutlookAndTakesNoEntityAndNoFlood() throws Exception {
        HttpResponse<String> answer = ask(QUESTION.formatted("", "nobody@city.example"));
        assertThat(answer.statusCode()).isEqualTo(200);
        parse(answer.body());
        assertThat(answer.body()).contains("<Type>IMAP</Type><Server>localhost</Server><Port>993</Port>", "<LoginName>nobody@city.example</LoginName>", "<Type>SMTP</Type>");
        assertThat(ask(QUESTION.formatted("", backbone.directory.people().get(2).address())).body().replaceAll("[a-z.]+@city.example", "nobody@city.example")).isEqualTo(answer.body());
        String file = "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>";
        assertThat(ask(QUESTION.formatted(file, "&f;@city.example"))).satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(400))
            .satisfies(refused -> assertThat(refused.body()).doesNotContain("root:"));
        assertThat(ask(QUESTION.formatted("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;\">]>", "&b;@city.example")).statusCode()).isEqualTo(400);
        assertThat(ask("no xml").statusCode()).isEqualTo(400);
        assertThat(ask(QUESTION.formatted("", "<b>x</b>")).statusCode()).isEqualTo(400);
        assertThat(ask(" ".repeat(17_000)).statusCode()).isEqualTo(413);
        assertThat(stranger.get("/autodiscover/autodiscover.json?Protocol=AutodiscoverV1").body()).contains(backbone.url() + "/autodiscover/autodiscover.xml");
    }

    @Test
    void buildsAnAddOnThatNamesOurIssuerAndAsksForNoPermission() throws Exception {
        byte[] xpi = stranger.bytes("/mail-clients/an-tin-thunderbird.xpi");
        JsonNode manifest;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(xpi))) {
            assertThat(zip.getNextEntry()).isNotNull().extracting("name").isEqualTo("manifest.json");
            manifest = JsonMapper.builder().build().readTree(zip.readAllBytes());
            assertThat(zip.getNextEntry()).isNull();
        }
        assertThat(manifest.path("manifest_version").asInt()).isEqualTo(3);
        assertThat(manifest.has("permissions")).isFalse();
        assertThat(manifest.path("oauth_provider").path("authorizationEndpoint").asString()).isEqualTo(backbone.url() + "/oauth2/authorize");
        assertThat(manifest.path("oauth_provider").path("clientId").asString()).isEqualTo("mail-client");
        assertThat(manifest.path("oauth_provider").path("usePKCE").asBoolean()).isTrue();
        assertThat(manifest.path("oauth_provider").path("hostnames").toString()).isEqualTo("[\"localhost\"]");
        assertThat(JsonMapper.builder().build().readTree(stranger.get("/mail-clients/policies.json").body()).toString()).contains("force_installed", backbone.url() + "/mail-clients/an-tin-thunderbird.xpi");
    }

    @Test
    void helpsPeopleWithTheirOwnNamesAndGivesASignedAppleProfileWithoutAPassword() throws Exception {
        backbone.clock.forward(Duration.ofHours(49));
        TestBrowser browser = new TestBrowser(backbone).logIn(backbone.directory.people().get(4));
        assertThat(stranger.get("/account/setup").statusCode()).isEqualTo(302);
        assertThat(browser.get("/account/setup").body()).contains("Thunderbird", "Outlook", "993", backbone.directory.people().get(4).address()).doesNotContain("??");
        String profile = verified(browser.bytes("/account/setup/an-tin.mobileconfig"));
        parse(profile.replaceFirst("<!DOCTYPE[^>]*>", ""));
        assertThat(profile).contains("<key>IncomingMailServerPortNumber</key><integer>993</integer>", "<string>" + backbone.directory.people().get(4).address() + "</string>",
            "<key>OutgoingMailServerUseSSL</key><true/>").doesNotContain("<key>IncomingPassword</key>", "<key>OutgoingPassword</key>");
    }

    /** By OpenSSL, which is not ours: the content, where the signature is right and the signer lies below the public port's authority; and nothing where a byte was changed. */
    private String verified(byte[] signed) throws Exception {
        Path file = folder.resolve("signed.mobileconfig");
        Files.write(file, signed);
        assertThat(openssl(file, "root.pem")).as(Files.readString(folder.resolve("errors"))).isZero();
        String content = Files.readString(folder.resolve("content"));
        assertThat(Files.readString(folder.resolve("signer.pem"))).as("the public port's own").contains(Files.readString(backbone.home.resolve("tls/backbone.pem")).lines().skip(1).findFirst().orElseThrow());
        new TestAuthority("CN=Another CA").write(folder.resolve("other.pem"));
        assertThat(openssl(file, folder.resolve("other.pem").toString())).as("below another authority").isNotZero();
        byte[] changed = new String(signed, StandardCharsets.ISO_8859_1).replace(">993<", ">994<").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(changed).isNotEqualTo(signed);
        Files.write(file, changed);
        assertThat(openssl(file, "root.pem")).as("changed").isNotZero();
        return content;
    }

    private int openssl(Path file, String authority) throws Exception {
        return new ProcessBuilder("openssl", "cms", "-verify", "-inform", "DER", "-in", file.toString(), "-CAfile", backbone.home.resolve("tls").resolve(authority).toString(), "-purpose", "any",
            "-signer", folder.resolve("signer.pem").toString(), "-out", folder.resolve("content").toString()).redirectErrorStream(true).redirectOutput(folder.resolve("errors").toFile()).start().waitFor();
    }

    private HttpResponse<String> ask(String xml) {
        return stranger.send(HttpRequest.newBuilder(backbone.uri("/autodiscover/autodiscover.xml")).header("Content-Type", "text/xml").POST(HttpRequest.BodyPublishers.ofString(xml)));
    }

    private static void parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }
}
