package antin.directory.transfer;

import antin.directory.Levels;
import antin.directory.administration.Administration;
import antin.directory.index.DirectoryIndex;
import antin.directory.ldap.LdapDirectory;
import antin.directory.ldap.LdapSettings;
import antin.directory.opendj.TestDirectory;
import antin.directory.password.PasswordPolicy;
import antin.kernel.audit.AuditLog;
import antin.kernel.tls.InternalIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A process that imports and can be killed: {@code PORT ROOT-FILE INTERNAL-FOLDER WORK-FOLDER [FILE]}; without a file it goes on with what is there. */
final class ImportingProcess {

    private ImportingProcess() {
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        LdapSettings settings = new LdapSettings(List.of(new LdapSettings.Host("127.0.0.1", Integer.parseInt(arguments[0]))), TestDirectory.BASE, Path.of(arguments[1]), TestDirectory.MAIL_DOMAIN);
        Path work = Path.of(arguments[3]);
        Clock clock = Clock.systemUTC();
        try (LdapDirectory directory = LdapDirectory.connect(settings, InternalIdentity.read(Path.of(arguments[2]), "backbone")); AuditLog audit = AuditLog.open(work.resolve("audit"), "test", clock)) {
            DirectoryIndex index = new DirectoryIndex(directory.register(), clock);
            index.read();
            Administration administration = new Administration(directory.register(), index, Levels.THREE, PasswordPolicy.LEVEL_3, TestDirectory.MAIL_DOMAIN, audit, clock);
            Imports imports = new Imports(work.resolve("imports"), administration, clock);
            imports.start();
            if (arguments.length > 4) {
                try (InputStream in = Files.newInputStream(Path.of(arguments[4]))) {
                    imports.begin(administration.actor("100003"), "people.csv", in, false);
                }
            }
            while (imports.recent(administration.actor("100003")).stream().anyMatch(progress -> progress.ended().isEmpty())) {
                Thread.sleep(20);
            }
            imports.close();
        }
    }
}
