package antin.ca.ejbca;

import antin.ca.ejbca.EjbcaSettings.BearerToken;
import antin.ca.ejbca.EjbcaSettings.ClientCertificate;
import antin.kernel.Problem;
import antin.kernel.SecretFile;
import antin.kernel.tls.PemFile;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code ./antin doctor ejbca}: one line a check, with what to do. What needs a thing that is wrong is not looked at. Issues nothing but where it is told to. */
final class EjbcaDoctor {

    /** A check; throws {@link Problem} with what to do. Its answer may be empty. */
    private interface Check {
        String look() throws Problem;
    }

    private static final int CONNECT_MILLIS = 5_000;
    private static final Duration SOON = Duration.ofDays(14);

    private final EjbcaSettings settings;
    private final PrintStream out;
    private final Clock clock;
    private boolean well = true;

    EjbcaDoctor(EjbcaSettings settings, PrintStream out, Clock clock) {
        this.settings = settings;
        this.out = out;
        this.clock = clock;
    }

    /** Whether nothing was found. */
    boolean examine(boolean issue) {
        boolean reached = check("files of ejbca.trust-file, ejbca.anchor-file and our login", this::files) & check("address " + settings.url().getAuthority(), this::address);
        if (!reached) {
            return false;
        }
        try (EjbcaConnection connection = new EjbcaConnection(settings, Duration.ofSeconds(20))) {
            EjbcaApi api = new EjbcaApi(connection, settings, clock);
            // each needs the one before
            if (check("TLS and REST API", () -> revision(api)) && check("login and authority \"" + settings.authority() + '"', () -> authority(api))) {
                check("chain to the root of ejbca.anchor-file", () -> chain(api));
                boolean profiles = check("end entity profile \"" + settings.endEntityProfile() + '"', () -> done(() -> api.checkEndEntityProfile(settings.endEntityProfile())));
                for (Map.Entry<String, String> profile : new java.util.TreeMap<>(settings.certificateProfiles()).entrySet()) {
                    profiles &= check("certificate profile \"" + profile.getValue() + "\" for " + profile.getKey(), () -> done(() -> api.checkCertificateProfile(profile.getValue())));
                }
                check("CRL", () -> crl(api));
                if (issue && profiles) {
                    TrialCertificate trial = new TrialCertificate(api, settings, clock);
                    settings.certificateProfiles().keySet().stream().sorted().forEach(profile -> check("issue and revoke for " + profile, () -> trial.issueAndRevoke(profile)));
                } else if (!issue) {
                    out.println("  Whether it issues is seen only by issuing: ./antin doctor ejbca --issue makes a test certificate for each profile and revokes it.");
                }
            }
        } catch (Problem e) {
            check("connection", () -> {
                throw e;
            });
        }
        return well;
    }

    private String files() {
        PemFile.certificates(settings.trustFile());
        PemFile.certificates(settings.anchorFile());
        return switch (settings.login()) {
            case BearerToken token -> {
                if (SecretFile.text(token.file()).isBlank()) {
                    throw wrong("The file of ejbca.token-file is empty. Write the token into it.");
                }
                yield "";
            }
            case ClientCertificate own -> clientCertificate(own);
        };
    }

    private String clientCertificate(ClientCertificate own) {
        X509Certificate certificate = PemFile.certificates(own.chainFile()).getFirst();
        PemFile.privateKey(own.keyFile(), certificate.getPublicKey().getAlgorithm());
        if (!certificate.getNotAfter().toInstant().isAfter(clock.instant())) {
            throw wrong("The certificate of ejbca.chain-file ended on " + certificate.getNotAfter().toInstant() + ". Get a new one from EJBCA.");
        }
        return certificate.getNotAfter().toInstant().isBefore(clock.instant().plus(SOON)) ? "the client certificate ends soon: " + certificate.getNotAfter().toInstant() : "";
    }

    private String address() {
        int port = settings.url().getPort() < 0 ? 443 : settings.url().getPort();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(settings.url().getHost()), port), CONNECT_MILLIS);
            return "";
        } catch (UnknownHostException e) {
            throw wrong("Nobody knows the host " + settings.url().getHost() + ". Correct ejbca.url, or the name service of this machine.");
        } catch (IOException e) {
            throw wrong("Nothing answers there. Correct ejbca.url, start EJBCA, or open the way through the firewall.");
        }
    }

    /** A client certificate that EJBCA does not take is a TLS alert, which may get lost when the connection breaks with it (RFC 8446, 6). */
    private static String revision(EjbcaApi api) {
        try {
            return api.revision();
        } catch (Problem e) {
            throw e.getCause() instanceof EjbcaConnection.Unanswered
                ? wrong("TLS with EJBCA fails, or it does not answer in time: the port may speak no TLS (EJBCA's is 8443 where nobody changed it), or it may not take the certificate of ejbca.chain-file.") : e;
        }
    }

    private String authority(EjbcaApi api) {
        Map<String, String> names = api.authorities();
        if (names.isEmpty()) {
            throw wrong("EJBCA knows us but shows no authority: our certificate or token belongs to no role there, or the role may use none. Add it to the role's members, and the authority to the role's access rules.");
        }
        if (!names.containsKey(settings.authority())) {
            throw wrong("EJBCA does not show it. It is off-line there, our role may not use it, or it is misspelt in ejbca.authority; EJBCA shows: " + String.join(", ", names.keySet()) + ".");
        }
        return names.get(settings.authority());
    }

    private String chain(EjbcaApi api) {
        List<X509Certificate> chain = api.chain();
        X509Certificate anchor = PemFile.certificates(settings.anchorFile()).getFirst();
        if (chain.isEmpty() || !chain.getLast().equals(anchor)) {
            throw wrong("The authority's chain ends elsewhere. Put the root that its operator hands out into ejbca.anchor-file, as the first certificate, after comparing its fingerprint.");
        }
        X509Certificate issuing = chain.getFirst();
        if (!issuing.getNotAfter().toInstant().isAfter(clock.instant())) {
            throw wrong("The authority's own certificate ended on " + issuing.getNotAfter().toInstant() + ". It must be renewed at EJBCA.");
        }
        return "until " + issuing.getNotAfter().toInstant();
    }

    private static String crl(EjbcaApi api) {
        if (api.crl().isEmpty()) {
            throw wrong("EJBCA has made none for this authority. Create one there, and set up its service that updates CRLs.");
        }
        return "";
    }

    private static String done(Runnable check) {
        check.run();
        return "";
    }

    private boolean check(String what, Check check) {
        try {
            String more = check.look();
            out.println("  ok    " + what + (more.isEmpty() ? "" : " (" + more + ')'));
            return true;
        } catch (Problem e) {
            well = false;
            out.println("  wrong " + what + ". " + e.detail());
            return false;
        }
    }

    private static Problem wrong(String advice) {
        return new Problem(Problem.Kind.MISCONFIGURED, advice);
    }
}
