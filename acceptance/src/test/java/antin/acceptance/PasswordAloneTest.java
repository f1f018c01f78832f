package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import antin.acceptance.Antin.Person;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whoever has a directory password, and no second factor, at every door there is. */
@DisplayName("The directory password alone opens nothing")
@ExtendWith(UnderTest.class)
class PasswordAloneTest {

    /** What is tried at a port. */
    @FunctionalInterface
    private interface Try {
        void at(int port) throws Exception;
    }

    private static final List<String> PLACES = List.of("/account", "/account/profile", "/account/factors", "/account/app-passwords", "/account/sessions",
        "/account/activity", "/account/password", "/login/continue", "/admin", "/admin/people/100001", "/admin/clients", "/approvals", "/oauth2/device_verification?user_code=BCDF-GHJK");
    private static final String CLIENT = "response_type=code&client_id=sample-web&redirect_uri=http://127.0.0.1:4711/callback&code_challenge_method=S256"
        + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&state=x&scope=";

    private Antin antin;
    private Person person;

    @TempDir
    private Path folder;

    @BeforeEach
    void somebodysPassword(Antin underTest) {
        antin = underTest;
        person = antin.people().get(5);
    }

    /** A port that this table does not know makes it fail: whoever opens a door says here how it is kept shut. */
    @Test
    void atEveryPortThatIsOpen() throws Exception {
        Map<Integer, Try> doors = Map.ofEntries(Map.entry(8440, this::pages), Map.entry(8441, this::statusOnly), Map.entry(8442, this::noCertificate), Map.entry(8443, this::signing),
            Map.entry(9440, this::internal), Map.entry(9441, this::internal), Map.entry(9443, this::internal), Map.entry(9540, this::management),
            Map.entry(9541, this::management), Map.entry(9543, this::management), Map.entry(9544, this::management), Map.entry(10024, port -> noLogin(port, "LMTP")),
            Map.entry(10025, port -> noLogin(port, "ESMTP")), Map.entry(10587, port -> smtp(port, "--tls")), Map.entry(10465, port -> smtp(port, "--tls-on-connect")),
            Map.entry(10143, port -> mailbox("imap", port)), Map.entry(10993, port -> mailbox("imaps", port)), Map.entry(10110, port -> mailbox("pop3", port)),
            Map.entry(10995, port -> mailbox("pop3s", port)), Map.entry(14190, this::sieve), Map.entry(10389, port -> ldap("ldap", port)), Map.entry(10636, port -> ldap("ldaps", port)),
            Map.entry(10444, port -> ldap("ldaps", port)), Map.entry(15432, this::database));
        Set<Integer> open = OpenPorts.of(antin);
        assertThat(open).contains(8440, 8443, 10993, 10587, 10636, 15432);
        assertThat(new TreeSet<>(doors.keySet())).as("every open port is tried").containsAll(open);
        for (int port : open) {
            Objects.requireNonNull(doors.get(port)).at(antin.port(port));
        }
    }

    /** All that discovery names, and the one that passes passwords on (RFC 6749, 4.3). */
    @Test
    void atEveryGrant() {
        String discovery = Tool.run("curl", "-s", "--fail", "--cacert", antin.root(), page("/.well-known/openid-configuration")).succeeds().output();
        List<String> grants = new ArrayList<>(List.of("password"));
        String named = discovery.replaceAll(".*\"grant_types_supported\":\\[([^]]*)].*", "$1");
        grants.addAll(Pattern.compile("\"([^\"]+)\"").matcher(named).results().map(found -> found.group(1)).toList());
        assertThat(grants).contains("authorization_code", "client_credentials");
        for (String grant : grants) {
            for (String user : List.of(person.address(), number())) {
                String answer = Tool.run("curl", "-s", "-w", "\n%{http_code}", "--cacert", antin.root(), "--data-urlencode", "grant_type=" + grant,
                    "--data-urlencode", "client_id=" + user, "--data-urlencode", "client_secret=" + person.password(), "--data-urlencode", "username=" + user,
                    "--data-urlencode", "password=" + person.password(), "--data-urlencode", "code=" + person.password(), "--data-urlencode", "refresh_token=" + person.password(),
                    "--data-urlencode", "device_code=" + person.password(), "-d", "scope=mail.imap", page("/oauth2/token")).succeeds().text();
                assertThat(answer).as(grant).doesNotContain("access_token").containsPattern("\n40[01]$");
                String asClient = Tool.run("curl", "-s", "--cacert", antin.root(), "--data-urlencode", "grant_type=" + grant, "-d", "client_id=sample-web",
                    "--data-urlencode", "username=" + user, "--data-urlencode", "password=" + person.password(), "-d", "scope=mail.imap", page("/oauth2/token")).succeeds().text();
                assertThat(asClient).as(grant).doesNotContain("access_token").contains("error");
            }
        }
    }

    private void pages(int port) throws IOException {
        new Browser(antin, folder).enterPassword(person);
        List<String> all = new ArrayList<>(PLACES);
        for (String scope : List.of("openid", "mail.imap", "sign")) {
            all.add("/oauth2/authorize?" + CLIENT + scope);
        }
        for (String place : all) {
            String answer = Tool.run("curl", "-s", "-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", "--cacert", antin.root(), "-b", folder.resolve("cookies").toString(),
                page(place)).succeeds().text();
            assertThat(answer).as(place).startsWith("302 ").contains(page("/login")).doesNotContain("code=");
        }
        for (String service : List.of("/scim/v2/Users", "/userinfo", "/scim/v2/Groups")) {
            assertThat(basic(page(service))).as(service).isIn("401", "302"); // 302: to the login page
            assertThat(Tool.run("curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "--cacert", antin.root(), "-b", folder.resolve("cookies").toString(), page(service)).text())
                .as(service).isIn("401", "302");
        }
    }

    private void statusOnly(int port) {
        String answer = Tool.run("curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-u", login(), "http://localhost:" + port + "/account").succeeds().text();
        assertThat(answer).isEqualTo("404");
    }

    private void noCertificate(int port) {
        assertThat(basic("https://localhost:" + port + "/account")).isIn("404", "302");
        assertThat(basic("https://localhost:" + port + "/login/certificate")).isNotEqualTo("302");
    }

    private void signing(int port) {
        for (String place : List.of("/v1/seals", "/v1/signatures", "/v1/timestamps")) {
            assertThat(Tool.run("curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-X", "POST", "-u", login(), "--cacert", antin.root(), "https://localhost:" + port + place).text())
                .as(place).isEqualTo("401");
        }
    }

    private void internal(int port) {
        Tool.Result answer = Tool.run("curl", "-s", "-k", "-u", login(), "https://localhost:" + port + "/mail-logins");
        assertThat(answer.exit()).as("TLS without a certificate").isNotZero();
    }

    private void management(int port) {
        assertThat(Tool.run("curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-u", login(), "http://127.0.0.1:" + port + "/account").text()).isEqualTo("404");
    }

    private void noLogin(int port, String protocol) {
        String talk = Tool.run("swaks", "--protocol", protocol, "--server", "localhost:" + port, "--auth", "PLAIN", "--auth-user", person.address(), "--auth-password", person.password(), "--from",
            person.address(), "--to", person.address(), "--quit-after", "AUTH", "--timeout", "20").output();
        assertThat(talk).contains("Host did not advertise authentication").doesNotContain("235 ");
    }

    private void smtp(int port, String tls) {
        for (String mechanism : List.of("PLAIN", "LOGIN")) {
            String talk = Tool.run("swaks", "--server", "localhost:" + port, tls, "--auth", mechanism, "--auth-user", person.address(), "--auth-password", person.password(),
                "--from", person.address(), "--to", person.address(), "--quit-after", "AUTH", "--timeout", "20").output();
            assertThat(talk).as(mechanism).contains("535 ").doesNotContain("235 ");
        }
    }

    private void mailbox(String protocol, int port) {
        for (String mechanism : List.of("PLAIN", "LOGIN")) {
            Tool.Result talk = Tool.run("curl", "-sv", "--ssl-reqd", "--cacert", antin.root(), "--max-time", "30", "--login-options", "AUTH=" + mechanism, "-u", login(),
                protocol + "://localhost:" + port + "/");
            assertThat(talk.exit()).as(protocol + ' ' + mechanism + '\n' + talk.output()).isIn(67, 8, 94); // login denied, or no such mechanism
        }
        plainCommands(protocol, port);
    }

    /** The commands that are older than SASL: LOGIN (RFC 9051, 6.2.3), USER and PASS (RFC 1939, 7). */
    private void plainCommands(String protocol, int port) {
        boolean imap = protocol.startsWith("imap");
        List<String> command = new ArrayList<>(List.of("timeout", "5", "openssl", "s_client", "-quiet", "-crlf", "-connect", "localhost:" + port, "-CAfile",
            antin.root())); // it waits for the server, which waits for more
        if (!protocol.endsWith("s")) {
            command.addAll(List.of("-starttls", protocol));
        }
        String talk = imap ? "a LOGIN \"" + person.address() + "\" \"" + person.password() + "\"\n"
            : "USER " + person.address() + "\nPASS " + person.password() + "\n";
        assertThat(Tool.run(Map.of(), talk, command.toArray(String[]::new)).output()).as(protocol).contains(imap ? "a NO " : "-ERR").doesNotContain("INBOX", "a OK", "+OK 0", "messages");
    }

    private void sieve(int port) throws IOException {
        String plain = Base64.getEncoder().encodeToString(('\0' + person.address() + '\0' + person.password()).getBytes(StandardCharsets.UTF_8));
        assertThat(Tool.run(Map.of(), "AUTHENTICATE \"PLAIN\" \"" + plain + "\"\n", "timeout", "5", "openssl", "s_client", "-quiet", "-starttls", "sieve", "-crlf", "-connect",
            "localhost:" + port, "-CAfile", antin.root()).output()).containsPattern("(?m)^NO");
    }

    /** A person's bind may succeed: it shows that the password is right, and gives nothing. */
    private void ldap(String scheme, int port) throws IOException {
        List<String> command = new ArrayList<>(List.of("ldapsearch", "-LLL", "-x", "-H", scheme + "://127.0.0.1:" + port, "-b", Ldap.BASE, "-D",
            "uid=" + number() + ",ou=people," + Ldap.BASE, "-w", person.password(), "(objectClass=*)"));
        if (scheme.equals("ldap")) {
            command.add(1, "-ZZ");
        }
        assertThat(Tool.run(Map.of("LDAPTLS_CACERT", antin.root(), "LDAPTLS_REQCERT", "allow"), "", command.toArray(String[]::new)).output()).doesNotContain("dn: ");
    }

    /** PostgreSQL's protocol 3.0: a start-up message, and the first answer; "R" with 0 would be an open door. */
    private void database(int port) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port); OutputStream out = socket.getOutputStream(); DataInputStream in = new DataInputStream(socket.getInputStream())) {
            byte[] names = ("user\0" + person.address() + "\0database\0postgres\0\0").getBytes(StandardCharsets.UTF_8);
            out.write(ByteBuffer.allocate(8 + names.length).putInt(8 + names.length).putInt(3 << 16).put(names).array());
            out.flush();
            int kind = in.readUnsignedByte();
            byte[] rest = in.readNBytes(8);
            assertThat(kind == 'E' || kind == 'R' && !Arrays.equals(Arrays.copyOfRange(rest, 4, 8), new byte[4])).as("asks for a password of its own").isTrue();
        }
    }

    private String number() {
        return Tool.run("cut", "-f1,6", antin.home().resolve("sample/people.tsv").toString()).succeeds().output().lines()
            .filter(line -> line.startsWith(person.address() + '\t')).map(line -> line.split("\t", -1)[1]).findFirst().orElseThrow();
    }

    private String basic(String url) {
        return Tool.run("curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-u", login(), "--cacert", antin.root(), url).text();
    }

    private String login() {
        return person.address() + ':' + person.password();
    }

    private String page(String path) {
        return "https://localhost:" + antin.port(8440) + path;
    }
}
