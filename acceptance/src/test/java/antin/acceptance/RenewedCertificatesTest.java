package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import antin.acceptance.Antin.Person;
import antin.acceptance.OpenConnections.Talk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every listener's certificate is replaced while people are connected; nobody notices. */
@Tag("installation")
@ExtendWith(UnderTest.class)
class RenewedCertificatesTest {

    private static final int EACH = 100;
    private static final List<Integer> PORTS = List.of(8440, 8442, 8443, 10465, 10636, 10993, 10995);
    private static final List<String> FILES = List.of("tls/backbone", "tls/signing-service", "tls/mail-server", "tls/directory",
        "tls/internal/backbone", "tls/internal/mail-server", "tls/internal/signing-service", "tls/internal/ca-process");

    @Test
    void noneOfManyOpenConnectionsDrops(Antin antin) throws Exception {
        Person person = antin.people().get(3);
        String password = antin.appPassword(person);
        Talk logIn = (socket, from, to) -> {
            OpenConnections.expect("* OK", from.readLine());
            OpenConnections.say(to, "l LOGIN " + person.address() + " " + password + "\r\n");
            OpenConnections.expect("l OK", from.readLine());
        };
        look(antin, "renewal-look-seconds=1\n");
        try (OpenConnections imap = new OpenConnections(antin, 10993, EACH, logIn, OpenConnections.IMAP);
            OpenConnections ldap = new OpenConnections(antin, 10636, EACH, OpenConnections.LDAP, OpenConnections.LDAP);
            OpenConnections https = new OpenConnections(antin, 8440, EACH, OpenConnections.HTTP, OpenConnections.HTTP)) {
            Map<Integer, X509Certificate> before = shown(antin);
            for (String file : FILES) {
                Files.delete(antin.home().resolve(file + ".pem")); // as if its end were near
            }
            Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
                https.talk(); // else its server, as any, ends it after a while
                assertThat(shown(antin).entrySet()).doesNotContainAnyElementsOf(before.entrySet());
            });
            imap.talk();
            ldap.talk();
            https.talk();
            // The processes among themselves, with the identities that were renewed too: a login asks backbone, which asks the directory
            assertThat(new MailClient(antin, person, password).logInToPop3().exit()).isZero();
        } finally {
            look(antin, "");
        }
    }

    private static Map<Integer, X509Certificate> shown(Antin antin) throws Exception {
        Map<Integer, X509Certificate> shown = new TreeMap<>();
        for (int port : PORTS) {
            shown.put(port, OpenConnections.shown(antin, port));
        }
        return shown;
    }

    /** How often {@code ca} looks, taken up at its start. */
    private static void look(Antin antin, String line) throws IOException {
        Path file = antin.home().resolve("conf/ca.properties");
        Files.writeString(file, Files.readString(file).replaceAll("(?m)^renewal-look-seconds=.*\n", "") + line);
        antin.kill("ca");
        antin.up();
    }
}
