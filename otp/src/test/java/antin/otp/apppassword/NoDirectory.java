package antin.otp.apppassword;

import antin.directory.AddressBookAccess;
import antin.directory.ldap.LdapDirectory;
import antin.directory.ldap.LdapSettings;
import antin.directory.opendj.TestAuthority;
import antin.kernel.tls.InternalIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The directory's own adapter, with nobody at the other end. */
final class NoDirectory {

    static final AddressBookAccess AWAY = away();

    private NoDirectory() {
    }

    private static AddressBookAccess away() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path folder = Files.createTempDirectory("antin-no-directory-");
            TestAuthority authority = new TestAuthority("CN=Test CA");
            authority.write(folder.resolve("ca.pem"));
            authority.issue(folder, "backbone", "CN=backbone,OU=services,DC=city,DC=example", "antin:backbone");
            return LdapDirectory.connect(new LdapSettings(List.of(new LdapSettings.Host("127.0.0.1", free.getLocalPort())), "dc=city,dc=example", folder.resolve("ca.pem"), "city.example"),
                InternalIdentity.read(folder, "backbone")).addressBookAccess();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
