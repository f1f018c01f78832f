package antin.ca.status;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditHeads;
import antin.kernel.audit.AuditLog;
import antin.kernel.audit.HttpTimeStamps;
import antin.kernel.audit.TimeStamps;
import antin.kernel.tls.InternalIdentity;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process's log whose heads a time-stamping authority elsewhere stamps over HTTP, and what the check says. */
class AuditCheckTest {

    @TempDir
    private Path home;

    @Test
    void countsStampsAndFindsOnesOfAnotherRoot() throws Exception {
        SmallAuthority authority = new SmallAuthority();
        SmallAuthority.pem(home.resolve("root.pem"), authority.root.certificate());
        SmallAuthority.pem(home.resolve("stranger.pem"), new SmallAuthority().root.certificate());
        InternalIdentity identity = authority.identity(home.resolve("internal"), "mail-server");
        Path logs = home.resolve("audit");
        try (AuditLog tsaLog = AuditLog.open(home.resolve("tsa"), "backbone", Clock.systemUTC())) {
            TimeStampingAuthority tsa = new TimeStampingAuthority(authority.tsa::delegated, tsaLog, Clock.systemUTC(), new SecureRandom());
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            server.createContext("/tsa", exchange -> {
                byte[] answer = tsa.answer(exchange.getRequestBody().readAllBytes(), "test").der();
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
            write(logs, identity, new HttpTimeStamps(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tsa")));
            server.stop(0);
        }
        assertThat(check(0, "root.pem")).matches("ok   mail-server: 1 lines, 1 signed heads, 1 time-stamped, the last at 20[^ ]+Z\n");
        assertThat(check(1, "stranger.pem")).isEqualTo("BAD  mail-server: Line 2 of mail-server.heads is a time stamp that does not fit the head before it.\n");
        write(logs, identity, TimeStamps.NONE);
        assertThat(check(0, "root.pem")).startsWith("ok   mail-server: 2 lines, 2 signed heads, 1 time-stamped, the last at ");
        assertThat(check(2, "none.pem")).isEmpty();
    }

    @Test
    void believesStampsThatAProcessMakesForItself() throws Exception {
        SmallAuthority authority = new SmallAuthority();
        SmallAuthority.pem(home.resolve("root.pem"), authority.root.certificate());
        InternalIdentity identity = authority.identity(home.resolve("internal"), "backbone");
        Path logs = home.resolve("audit");
        try (AuditLog log = AuditLog.open(logs, "backbone", Clock.systemUTC())) {
            TimeStampingAuthority tsa = new TimeStampingAuthority(authority.tsa::delegated, log, Clock.systemUTC(), new SecureRandom());
            try (AuditHeads heads = new AuditHeads(log, logs, "backbone", identity, new OwnTimeStamps(tsa, "backbone"), Clock.systemUTC())) {
                log.record(new AuditEvent("login.code", "accepted", "100001", "203.0.113.7"));
                heads.sign();
                heads.sign();
            }
        }
        assertThat(check(0, "root.pem")).startsWith("ok   backbone: 3 lines, 1 signed heads, 1 time-stamped, the last at ");
    }

    private static void write(Path logs, InternalIdentity identity, TimeStamps stamps) throws Exception {
        try (AuditLog log = AuditLog.open(logs, "mail-server", Clock.systemUTC());
             AuditHeads heads = new AuditHeads(log, logs, "mail-server", identity, stamps, Clock.systemUTC())) {
            log.record(new AuditEvent("login.code", "accepted", "100001", "203.0.113.7"));
            heads.sign();
        }
    }

    private String check(int exit, String root) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(AuditCheck.run(List.of(home.resolve("audit").toString(), home.resolve("internal/ca.pem").toString(), home.resolve(root).toString()), print,
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8))).isEqualTo(exit);
        return out.toString(StandardCharsets.UTF_8);
    }
}
