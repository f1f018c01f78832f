package antin.backbone;

import antin.directory.ldap.LdapDirectory;
import antin.directory.ldap.LdapSettings;
import antin.kernel.tls.InternalIdentity;
import antin.otp.notice.LmtpPost;
import antin.otp.notice.Outbox;
import antin.otp.notice.Postman;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Outbox and postman in a process of their own, so that a test can kill it: writes a letter, says so, and delivers what there is until it is killed. */
final class OutboxProcess {

    static final String ACCEPTED = "accepted";

    private OutboxProcess() {
    }

    /** Database, LMTP port (0: only accepts), seconds that its clock is ahead, person (or "-": writes nothing), LDAPS port, trust file, folder of the internal identity. */
    public static void main(String[] arguments) throws Exception {
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(Long.parseLong(arguments[2])));
        Outbox outbox = new Outbox(JdbcClient.create(new DriverManagerDataSource(arguments[0])), clock);
        if (!arguments[3].equals("-")) {
            outbox.send(arguments[3], "Đã thêm cách xác thực", "Một ứng dụng tạo mã.\n.\nHết.");
            System.out.println(ACCEPTED);
        }
        int lmtp = Integer.parseInt(arguments[1]);
        LdapSettings settings = new LdapSettings(List.of(new LdapSettings.Host("127.0.0.1", Integer.parseInt(arguments[4]))), "dc=city,dc=example", Path.of(arguments[5]), "city.example");
        try (LdapDirectory directory = LdapDirectory.connect(settings, InternalIdentity.read(Path.of(arguments[6]), "backbone"))) {
            Postman postman = new Postman(outbox, directory, new LmtpPost(new InetSocketAddress("127.0.0.1", lmtp)), "postmaster@city.example", clock);
            while (true) {
                if (lmtp > 0) {
                    postman.work();
                }
                Thread.sleep(100);
            }
        }
    }
}
