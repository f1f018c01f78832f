package antin.mail;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import antin.mail.guard.Networks;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code conf/mail-server.properties}, but for the {@code directory.*} keys.
 *
 * @param maxLetterBytes the longest letter, in bytes as sent
 * @param proxies        whose connections begin with a header of the PROXY protocol
 */
public record MailSettings(InetAddress listen, String hostname, String mailDomain, Ports ports, int managementPort, Path tlsKeyFile, Path tlsChainFile,
        Path internalFolder, URI loginUrl, Optional<Tokens> tokens, Database database, Path auditFolder, Path workFolder, int maxLetterBytes, Connections connections, Networks proxies) {

    /** 0 where a listener is off. */
    public record Ports(int smtp, int submission, int submissions, int lmtp, int imap, int imaps, int pop3, int pop3s, int sieve) {
    }

    public record Database(String url, String user, Path passwordFile) {
    }

    /** At once, for each listener: altogether and from one address. */
    public record Connections(int all, int each) {
    }

    /** Whose access tokens open a mailbox: the issuer's name as it stands in them, where its keys are, and below which certificates its own must lie. */
    public record Tokens(String issuer, URI keys, Path trustFile) {
    }

    private static final int LONGEST_LETTER = 26_214_400; // 25 MiB, what the large providers take
    private static final int LARGEST_SETTING = 104_857_600;

    public static MailSettings read(Settings settings) {
        Ports ports = new Ports(port(settings, "smtp-port"), port(settings, "submission-port"), port(settings, "submissions-port"),
            port(settings, "lmtp-port"), port(settings, "imap-port"), port(settings, "imaps-port"), port(settings, "pop3-port"), port(settings, "pop3s-port"),
            port(settings, "sieve-port"));
        int maxLetterBytes = settings.number("max-letter-bytes", LONGEST_LETTER);
        if (maxLetterBytes < 65_536 || maxLetterBytes > LARGEST_SETTING) {
            throw new Problem(Kind.MISCONFIGURED, "The key max-letter-bytes must be from 65536 to " + LARGEST_SETTING + ", and is " + maxLetterBytes + ".");
        }
        return new MailSettings(address(settings.text("listen", "127.0.0.1")), settings.text("hostname", "localhost"), settings.text("mail-domain"), ports,
            settings.port("management-port"), settings.path("tls.key-file"), settings.path("tls.chain-file"), settings.path("internal.folder"),
            uri("login-url", settings.text("login-url")), tokens(settings),
            new Database(settings.text("database.url"), settings.text("database.user"), settings.path("database.password-file")),
            settings.path("audit-folder"), settings.path("work-folder"), maxLetterBytes,
            new Connections(settings.number("connections", 10_000), settings.number("connections-per-address", 100)),
            proxies(settings.list("proxies")));
    }

    private static int port(Settings settings, String key) {
        return settings.optionalText(key).filter(value -> !value.equals("0")).map(value -> settings.port(key)).orElse(0);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new Problem(Kind.MISCONFIGURED, "The key listen must be an address of this machine, and is \"" + text + "\".", e);
        }
    }

    private static Networks proxies(List<String> texts) {
        try {
            return Networks.of(texts);
        } catch (IllegalArgumentException e) {
            throw new Problem(Kind.MISCONFIGURED, "The key proxies must be networks such as 10.1.0.0/16, and has \"" + e.getMessage() + "\".", e);
        }
    }

    private static Optional<Tokens> tokens(Settings settings) {
        Optional<String> issuer = settings.optionalText("token.issuer");
        Optional<String> keys = settings.optionalText("token.keys-url");
        settings.optionalText("token.trust-file"); // known, though not needed without an issuer
        return issuer.map(name -> new Tokens(name, uri("token.keys-url", keys.orElse(name + "/oauth2/jwks")), settings.path("token.trust-file")));
    }

    private static URI uri(String key, String text) {
        try {
            URI uri = URI.create(text);
            if ("https".equals(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new Problem(Kind.MISCONFIGURED, "The key " + key + " must be an https address, and is \"" + text + "\".");
    }
}
