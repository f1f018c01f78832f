package antin.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The PROXY protocol: 127.0.0.2 is a configured proxy, 127.0.0.1 is anybody. */
class ProxyTest {

    private static final TestInstallation INSTALLATION = TestInstallation.shared();
    private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 81, 85, 73, 84, 10};

    @Test
    void aHeaderOfAProxyNamesTheClientBeforeTls() throws Exception {
        try (Wire wire = Wire.openFrom("127.0.0.2", INSTALLATION.port("imaps"))) {
            wire.send("PROXY TCP4 203.0.113.7 198.51.100.1 40000 993\r\n").startTls();
            wire.line();
            wire.imap("a", "LOGIN behind-v1@city.example x");
        }
        try (Wire wire = Wire.openFrom("127.0.0.2", INSTALLATION.port("submissions"))) {
            wire.send(v2("2001:db8::7", "2001:db8::1")).startTls();
            wire.answer();
            wire.ask("EHLO test");
            wire.ask("AUTH PLAIN " + LoginTest.plain("", "behind-v2@city.example", "x"));
        }
        assertThat(INSTALLATION.backbone.questions()).contains(new FakeBackbone.Question("behind-v1@city.example", "imap", "203.0.113.7"),
            new FakeBackbone.Question("behind-v2@city.example", "smtp", "2001:db8:0:0:0:0:0:7"));
    }

    @Test
    void aProxysOwnHealthCheckCountsAsTheProxy() throws Exception {
        for (byte[] header : List.of(v2Local(), "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII))) {
            try (Wire wire = Wire.openFrom("127.0.0.2", INSTALLATION.port("smtp"))) {
                assertThat(wire.send(header).answer()).startsWith("220");
            }
        }
    }

    @Test
    void attackHeaderFromElsewhereIsAnOrdinaryError() throws Exception {
        try (Wire wire = Wire.open(INSTALLATION.port("submission"))) {
            assertThat(wire.answer()).startsWith("220");
            assertThat(wire.ask("PROXY TCP4 203.0.113.8 198.51.100.1 40000 587")).startsWith("500");
        }
        try (Wire wire = Wire.open(INSTALLATION.port("smtp"))) {
            wire.answer();
            assertThat(wire.send(v2("203.0.113.8", "198.51.100.1")).rest()).startsWith("500");
        }
        try (Wire wire = Wire.open(INSTALLATION.port("imap"))) {
            wire.line();
            assertThat(wire.send("PROXY TCP4 203.0.113.8 198.51.100.1 40000 143\r\na NOOP\r\n").line()).doesNotContain("OK");
        }
        try (Wire wire = Wire.open(INSTALLATION.port("pop3"))) {
            wire.line();
            assertThat(wire.send("PROXY TCP4 203.0.113.8 198.51.100.1 40000 110\r\n").line()).startsWith("-ERR");
        }
        try (Wire wire = Wire.open(INSTALLATION.port("imaps"))) {
            assertThat(wire.send("PROXY TCP4 203.0.113.8 198.51.100.1 40000 993\r\n").rest()).doesNotContain("OK");
        }
        assertThat(INSTALLATION.backbone.questions()).noneMatch(question -> question.address().equals("203.0.113.8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EHLO test\r\n", "PROXY TCP4 999.0.113.7 198.51.100.1 1 2\r\n", "PROXY TCP4 evil.example 198.51.100.1 1 2\r\n", "PROXY TCP4 203.0.113.7 198.51.100.1 1\r\n",
        "PROXY TCP4 203.0.113.7 198.51.100.1 1 70000\r\n", "PROXY UDP4 203.0.113.7 198.51.100.1 1 2\r\n", "proxy TCP4 203.0.113.7 198.51.100.1 1 2\r\n", "PROXY\r\n", "\r\n\r\n\r\n\r\n\r\n\r\n\r\n"})
    void aProxyWithoutAProperHeaderIsSentAway(String header) throws Exception {
        try (Wire wire = Wire.openFrom("127.0.0.2", INSTALLATION.port("smtp"))) {
            assertThat(wire.send(header).rest()).isEmpty();
        }
    }

    @Test
    void anEndlessHeaderIsNotReadToItsEnd() throws Exception {
        try (Wire wire = Wire.openFrom("127.0.0.2", INSTALLATION.port("smtp"))) {
            assertThat(wire.send("PROXY TCP4 " + "1".repeat(500)).rest()).isEmpty();
        }
    }

    @Test
    void attackSecondHeaderWithinTheFirstOnesConnectionIsAnOrdinaryError() throws Exception {
        try (Wire wire = Wire.openFrom("127.0.0.2", INSTALLATION.port("smtp"))) {
            wire.send("PROXY TCP4 203.0.113.7 198.51.100.1 40000 25\r\nPROXY TCP4 203.0.113.9 198.51.100.1 40000 25\r\n");
            assertThat(wire.answer()).startsWith("220");
            assertThat(wire.answer()).startsWith("500");
        }
    }

    @Test
    void connectionsCountForTheClientAndNotForTheProxy() throws Exception {
        List<Wire> open = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                Wire wire = behind("203.0.113.20");
                open.add(wire);
                assertThat(wire.line()).startsWith("+OK");
            }
            try (Wire tooMany = behind("203.0.113.20"); Wire another = behind("203.0.113.21")) {
                assertThat(tooMany.rest()).isEmpty();
                assertThat(another.line()).startsWith("+OK");
            }
        } finally {
            for (Wire wire : open) {
                wire.close();
            }
        }
    }

    private static Wire behind(String client) throws Exception {
        return Wire.openFrom("127.0.0.2", INSTALLATION.port("pop3")).send("PROXY TCP4 " + client + " 198.51.100.1 40000 110\r\n");
    }

    private static byte[] v2(String source, String destination) {
        byte[] from = NetUtil.createByteArrayFromIpAddressString(source);
        byte[] to = NetUtil.createByteArrayFromIpAddressString(destination);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.writeBytes(SIGNATURE);
        header.writeBytes(new byte[] {0x21, (byte) (from.length == 4 ? 0x11 : 0x21), 0, (byte) (from.length * 2 + 4)});
        header.writeBytes(from);
        header.writeBytes(to);
        header.writeBytes(new byte[] {(byte) 0x9c, 0x40, 2, 0x4b});
        return header.toByteArray();
    }

    private static byte[] v2Local() {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.writeBytes(SIGNATURE);
        header.writeBytes(new byte[] {0x20, 0, 0, 0});
        return header.toByteArray();
    }
}
