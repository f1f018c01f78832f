package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.PersonEntry;
import antin.directory.Position;
import antin.directory.Register;
import antin.directory.ldap.LdapDirectory;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What signing-service is told of who leads what. */
class UnitLeadersTest {

    private static final TestBackbone BACKBONE = TestBackbone.shared();

    @Test
    void knowsLeadersByTheirHomeAndByThePositionsThatTheyHoldToday() throws Exception {
        assertThat(ask("antin:signing-service", "100005", "so-noi-vu").body()).isEqualTo("{\"leads\":true}");
        assertThat(ask("antin:signing-service", "100005", "so-tai-chinh\",\"so-noi-vu").body()).contains("true");
        assertThat(ask("antin:signing-service", "100005", "so-tai-chinh").body()).contains("false");
        assertThat(ask("antin:signing-service", "100006", "so-noi-vu").body()).as("no leader").contains("false");
        assertThat(ask("antin:signing-service", "199999", "so-noi-vu").body()).as("nobody").contains("false");
        assertThat(ask("antin:mail-server", "100005", "so-noi-vu").statusCode()).isEqualTo(403);
        LocalDate today = LocalDate.ofInstant(BACKBONE.clock.instant(), java.time.ZoneId.of("Asia/Ho_Chi_Minh"));
        try (LdapDirectory raw = LdapDirectory.connect(BACKBONE.directory.settings(), BACKBONE.directory.backbone())) {
            Register register = raw.register();
            PersonEntry before = register.person("100005").orElseThrow();
            PersonEntry changed = register.change(before, before.withPositions(List.of(new Position("so-tai-chinh", today, today, "Phụ trách"), new Position("so-khcn", null, today.minusDays(1), "Phụ trách"))));
            try {
                assertThat(ask("antin:signing-service", "100005", "so-tai-chinh").body()).contains("true");
                assertThat(ask("antin:signing-service", "100005", "so-khcn").body()).as("no longer").contains("false");
            } finally {
                register.change(changed, changed.withPositions(before.positions()));
            }
        }
    }

    private static HttpResponse<String> ask(String peer, String person, String unit) throws Exception {
        InternalIdentity identity = BACKBONE.directory.issue(peer.substring(6) + "-t", "CN=" + peer.substring(6), peer);
        try (HttpClient client = HttpClient.newBuilder().sslContext(identity.clientContext(new PeerName("antin:backbone"))).build()) {
            return client.send(HttpRequest.newBuilder(URI.create("https://localhost:" + BACKBONE.internalPort + "/leaders"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"person\":\"" + person + "\",\"units\":[\"" + unit + "\"]}")).build(), BodyHandlers.ofString());
        }
    }
}
