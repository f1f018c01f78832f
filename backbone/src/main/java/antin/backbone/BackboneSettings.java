package antin.backbone;

import antin.backbone.status.StatusListener;
import antin.ca.ejbca.EjbcaSettings;
import antin.ca.external.OutsideAuthority;
import antin.directory.ldap.LdapSettings;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import antin.otp.mailclient.MailServerAddress;
import antin.otp.login.TokenPort;
import antin.otp.oidc.OidcSettings;
import antin.otp.outside.OutsideSettings;
import antin.server.DatabaseSettings;
import antin.server.HttpsSettings;
import antin.otp.sentcode.SentCodeSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code conf/backbone.properties}.
 *
 * @param home             the state folder
 * @param listen           the address of all listeners but the operator's
 * @param https            the port for people and clients
 * @param internalPort     mutual TLS for our own processes
 * @param managementPort   plain HTTP on loopback for the operator
 * @param directoryPolicyFile what the directory's levels and passwords are; need not exist
 * @param secretKeyFile    random text; the keys for stored secrets are derived from it
 * @param status           where certificates are answered for, and with what
 * @param addressBookUrl   what mail clients type to look people up, such as {@code ldaps://ldap.city.example:636}
 * @param mail             where people's programs find the mail server
 * @param lmtpPort         where mail-server takes letters about people's accounts, on this machine; 0: nowhere, they wait
 * @param outside          another OpenID provider in place of the password, if any
 * @param sentCodes        how codes are sent out of the city, if at all
 * @param tokenPort        where TLS asks for a certificate to log in with; closed where the file names none
 * @param ejbca            an authority on EJBCA beside our own, if any
 * @param outsideAuthorities whose certificates people and agencies may register, if any
 * @param sample           whether the sample city's second factors, app passwords and clients are made
 */
record BackboneSettings(Path home, String listen, HttpsSettings https, int internalPort, int managementPort, Path internalFolder,
    DatabaseSettings database, LdapSettings directory, Path directoryPolicyFile, Path secretKeyFile, Path auditFolder, OidcSettings oidc,
    StatusSettings status, String addressBookUrl, MailServerAddress mail, int lmtpPort, Optional<OutsideSettings> outside, SentCodeSettings sentCodes,
    TokenPort tokenPort, Optional<EjbcaSettings> ejbca, List<OutsideAuthority> outsideAuthorities, boolean sample) {

    /**
     * The plain HTTP listener, the delegated keys, and the internal port of {@code ca}.
     *
     * @param timeServers who vouches for the clock of time stamps; may be empty
     * @param tolerance   how far it may be off
     */
    record StatusSettings(int port, Path keysFolder, Path keysPasswordFile, URI ca, List<InetSocketAddress> timeServers, Duration tolerance, StatusListener.Limits limits) {

        private static final int NTP = 123;
        private static final Pattern HOST = Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+])(?::([0-9]{1,5}))?");

        static StatusSettings read(Settings file) {
            String ca = file.text("ca-url");
            if (!ca.matches("https://[^/?#\\s]+/?")) {
                throw new Problem(Kind.MISCONFIGURED, "The key ca-url must be an https address without a path, and is \"" + ca + "\".");
            }
            return new StatusSettings(file.port("status-port"), file.path("status-keys.folder", "status"), file.path("status-keys.password-file"), URI.create(ca),
                file.list("time-stamps.ntp").stream().map(StatusSettings::timeServer).toList(), tolerance(file.number("time-stamps.tolerance-ms", 500)),
                new StatusListener.Limits(file.number("status-limit.ocsp-per-second", 200), file.number("status-limit.time-stamps-per-second", 50)));
        }

        /** Not resolved: the name may have other addresses by the time it is asked. */
        private static InetSocketAddress timeServer(String text) {
            Matcher matcher = HOST.matcher(text);
            int port = matcher.matches() && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : NTP;
            if (!matcher.matches() || port < 1 || port > 65_535) {
                throw new Problem(Kind.MISCONFIGURED, "The key time-stamps.ntp names hosts such as ntp.city.example or ntp.city.example:123, and has \"" + text + "\".");
            }
            return InetSocketAddress.createUnresolved(matcher.group(1), port);
        }

        private static Duration tolerance(int millis) {
            if (millis < 10 || millis > 1_000) { // a stamp says that it is right to a second
                throw new Problem(Kind.MISCONFIGURED, "The key time-stamps.tolerance-ms is a number from 10 to 1000, and is " + millis + ".");
            }
            return Duration.ofMillis(millis);
        }
    }

    static BackboneSettings read(Settings file) {
        String listen = file.text("listen", "127.0.0.1");
        LdapSettings directory = LdapSettings.read(file);
        BackboneSettings settings = new BackboneSettings(file.home(), listen,
            new HttpsSettings(listen, file.port("port"), file.path("tls.key-file"), file.path("tls.chain-file")), file.port("internal-port"),
            file.port("management-port"), file.path("internal.folder"), DatabaseSettings.read(file),
            directory, file.path("directory.policy-file", "conf/directory.properties"), file.path("secret-key-file"), file.path("audit-folder", "audit"),
            new OidcSettings(file.text("public-url"), file.text("mail-audience", "urn:antin:mail"), file.text("signing-audience"), Optional.of(tokenPort(file)).filter(TokenPort::isOpen).map(TokenPort::url)),
            StatusSettings.read(file), file.text("address-book-url", "ldaps://" + directory.hosts().getFirst().name() + ':' + directory.hosts().getFirst().port()),
            mail(file, directory.mailDomain()), file.number("mail.lmtp-port", 0), OutsideSettings.read(file), SentCodeSettings.read(file), tokenPort(file), EjbcaSettings.read(file), OutsideAuthority.read(file), file.flag("sample", false));
        file.refuseUnknownKeys();
        settings.check();
        return settings;
    }

    /** The same host as the public address: the session's cookie is of the host, whatever the port. */
    private static TokenPort tokenPort(Settings file) {
        int port = file.number("token-port", 0);
        String host = URI.create(file.text("public-url")).getHost();
        return port == 0 ? TokenPort.closed() : new TokenPort(port, "https://" + host + ':' + file.number("token-public-port", port));
    }

    /** The usual ports (RFC 8314, 7.3) where the file says nothing. */
    private static MailServerAddress mail(Settings file, String domain) {
        String host = file.text("mail.host", Optional.ofNullable(URI.create(file.text("public-url")).getHost()).orElse("localhost"));
        return new MailServerAddress(host, domain, file.number("mail.imaps-port", 993), file.number("mail.imap-port", 143), file.number("mail.pop3s-port", 995),
            file.number("mail.pop3-port", 110), file.number("mail.submissions-port", 465), file.number("mail.submission-port", 587), file.number("mail.sieve-port", 4190));
    }

    private void check() {
        if (!oidc.issuer().matches("https://[^/?#\\s]+")) {
            throw new Problem(Kind.MISCONFIGURED, "The key public-url must be an https address without a path, and is \"" + oidc.issuer() + "\".");
        }
        if (!addressBookUrl.matches("ldaps?://[^/?#\\s]+")) {
            throw new Problem(Kind.MISCONFIGURED, "The key address-book-url must look like ldaps://ldap.city.example:636, and is \"" + addressBookUrl + "\".");
        }
        try {
            if (sample && !InetAddress.getByName(listen).isLoopbackAddress()) {
                throw new Problem(Kind.MISCONFIGURED, "A sample city has known passwords and must not listen on " + listen + ". Set listen=127.0.0.1 or sample=false.");
            }
        } catch (UnknownHostException e) {
            throw new Problem(Kind.MISCONFIGURED, "The key listen names no address of this machine: \"" + listen + "\".", e);
        }
    }
}
