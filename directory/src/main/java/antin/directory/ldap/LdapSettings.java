package antin.directory.ldap;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Where the directory is and how far it is trusted.
 *
 * @param hosts      servers with the same content, tried in this order (LDAPS)
 * @param base       the entry above {@code ou=people} and {@code ou=units}
 * @param trustFile  PEM with the CAs that vouch for the servers, and no others
 * @param mailDomain the city's mail domain, lower case; each unit has a subdomain of it
 */
public record LdapSettings(List<Host> hosts, String base, Path trustFile, String mailDomain) {

    /** A server; an IPv6 address stands without brackets. */
    public record Host(String name, int port) {

        static Host parse(String text) {
            int colon = text.lastIndexOf(':');
            String port = text.substring(colon + 1);
            if (colon < 1 || !port.matches("[1-9][0-9]{0,4}") || Integer.parseInt(port) > 65_535) {
                throw new Problem(Kind.MISCONFIGURED, "The key directory.hosts must list HOST:PORT, and has \"" + text + "\".");
            }
            return new Host(text.substring(0, colon).replaceAll("^\\[|]$", ""), Integer.parseInt(port));
        }
    }

    public LdapSettings {
        hosts = List.copyOf(hosts);
        mailDomain = mailDomain.toLowerCase(Locale.ROOT);
        if (hosts.isEmpty()) {
            throw new Problem(Kind.MISCONFIGURED, "The key directory.hosts names no server. Add one, such as 127.0.0.1:10636.");
        }
    }

    /** Reads {@code directory.hosts}, {@code .base}, {@code .trust-file} and {@code .mail-domain}. */
    public static LdapSettings read(Settings settings) {
        return new LdapSettings(settings.list("directory.hosts").stream().map(Host::parse).toList(), settings.text("directory.base"),
            settings.path("directory.trust-file"), settings.text("directory.mail-domain"));
    }
}
