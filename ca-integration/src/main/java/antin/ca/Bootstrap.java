package antin.ca;

import antin.ca.Authority.Request;
import antin.kernel.Problem;
import antin.kernel.SecretFile;
import antin.kernel.tls.PemFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * Makes what an installation's processes need to trust each other and to listen: what is missing, what ends within thirty days,
 * and what no longer says what it should. Authorities' keys are made once and never replaced. Each file is written whole, so
 * that a run after a crash mends whatever the crash left.
 */
final class Bootstrap {

    private static final List<String> LISTENERS = List.of("backbone", "mail-server", "directory");
    private static final List<String> PROCESSES = List.of("backbone", "mail-server", "ca");
    /** The file of the process {@code ca}: {@code ca.pem} is the internal authority's certificate. */
    static final String CA_PROCESS_FILE = "ca-process";
    private static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);

    private final CaSettings settings;
    private final IssueCertificate issue;
    private final Clock clock;
    private final PrintStream progress;
    private int made;

    Bootstrap(CaSettings settings, IssueCertificate issue, Clock clock, PrintStream progress) {
        this.settings = settings;
        this.issue = issue;
        this.clock = clock;
        this.progress = progress;
    }

    /** Returns how many keys and files were made. */
    int run() throws IOException, GeneralSecurityException {
        // Step 1: the internal authority, and who the processes are
        Authority internal = internalAuthority();
        publish(settings.internal().resolve("ca.pem"), List.of(internal.certificate()));
        for (String process : PROCESSES) {
            leaf(internal, Profile.INTERNAL_PEER, settings.internal(), process.equals("ca") ? CA_PROCESS_FILE : process,
                "CN=" + process + ",OU=services," + settings.baseDn(), CertificateNames.process(process));
        }
        // Step 2: the root, which is needed only to make what is below it, and may then lie elsewhere
        Authority issuing = issuingAuthority();
        publish(settings.tls().resolve("root.pem"), List.of(issuing.chain().getLast()));
        publish(settings.tls().resolve("issuing.pem"), List.of(issuing.certificate()));
        // Step 3: the listeners
        for (String listener : LISTENERS) {
            leaf(issuing, Profile.LISTENER, settings.tls(), listener, "CN=" + settings.hosts().getFirst() + ",OU=" + listener + ",O=Ấn Tín,C=VN",
                CertificateNames.hosts(settings.hosts()));
        }
        directoryKeystore();
        if (settings.sample()) {
            publish(settings.home().resolve("sample/root.pem"), List.of(issuing.chain().getLast()));
        }
        return made;
    }

    private Authority internalAuthority() throws IOException, GeneralSecurityException {
        KeyFile file = new KeyFile(settings.home().resolve("ca/internal.p12"), settings.internalPassword(), "internal");
        if (!Files.exists(file.file())) {
            selfSigned(file, Profile.INTERNAL_AUTHORITY, "CN=Ấn Tín Internal CA,OU=Processes only,O=Ấn Tín,C=VN");
        }
        KeyFile.Content content = file.read();
        return new Authority(content.key(), content.chain(), Optional.empty());
    }

    private Authority issuingAuthority() throws IOException, GeneralSecurityException {
        KeyFile file = new KeyFile(settings.home().resolve("ca/issuing.p12"), settings.issuingPassword(), "issuing");
        if (!Files.exists(file.file())) {
            Authority root = root();
            KeyPair keys = issue.newKey(Profile.ISSUING);
            X509Certificate certificate = issue.by(root, new Request(Profile.ISSUING, authorityName("Issuing"), keys.getPublic(), Optional.empty()));
            file.write(keys.getPrivate(), List.of(certificate, root.certificate()));
            say("made the issuing CA: " + certificate.getSubjectX500Principal().getName());
        }
        KeyFile.Content content = file.read();
        return new Authority(content.key(), content.chain(), Optional.of(new StatusAddresses(settings.statusUrl(), "issuing")));
    }

    private Authority root() throws IOException, GeneralSecurityException {
        KeyFile file = new KeyFile(settings.home().resolve("ca/root.p12"), settings.rootPassword(), "root");
        if (!Files.exists(file.file())) {
            selfSigned(file, Profile.ROOT, authorityName("Root").getName());
        }
        KeyFile.Content content = file.read();
        return new Authority(content.key(), content.chain(), Optional.of(new StatusAddresses(settings.statusUrl(), "root")));
    }

    private void selfSigned(KeyFile file, Profile profile, String name) throws IOException, GeneralSecurityException {
        KeyPair keys = issue.newKey(profile);
        Request request = new Request(profile, new X500Principal(name), keys.getPublic(), Optional.empty());
        file.write(keys.getPrivate(), List.of(issue.selfSigned(keys.getPrivate(), request)));
        say("made the " + file.alias() + " CA: " + request.subject().getName());
    }

    private X500Principal authorityName(String kind) {
        String sample = settings.sample() ? "SAMPLE " : "";
        return new X500Principal("CN=Ấn Tín " + sample + kind + " CA,O=Ấn Tín,C=VN");
    }

    /** {@code NAME.key} and {@code NAME.pem}; a key always comes anew with its certificate. */
    private void leaf(Authority authority, Profile profile, Path folder, String name, String subject, GeneralNames names)
        throws IOException, GeneralSecurityException {
        Path keyFile = folder.resolve(name + ".key");
        Path chainFile = folder.resolve(name + ".pem");
        X500Principal principal = new X500Principal(subject);
        if (isCurrent(authority, keyFile, chainFile, key -> new Request(profile, principal, key, Optional.of(names)))) {
            return;
        }
        KeyPair keys = issue.newKey(profile);
        X509Certificate certificate = issue.by(authority, new Request(profile, principal, keys.getPublic(), Optional.of(names)));
        SecretFile.write(keyFile, PemFile.encode(keys.getPrivate()));
        PublicFile.write(chainFile, PemFile.encode(chain(authority, certificate)));
        say("made key and certificate " + settings.home().relativize(chainFile) + " until " + certificate.getNotAfter().toInstant());
    }

    private interface Wanted {
        Request with(PublicKey key);
    }

    private boolean isCurrent(Authority authority, Path keyFile, Path chainFile, Wanted wanted) throws GeneralSecurityException {
        try {
            List<X509Certificate> chain = PemFile.certificates(chainFile);
            X509Certificate leaf = chain.getFirst();
            return chain.equals(chain(authority, leaf)) && fits(PemFile.privateKey(keyFile, "EC"), leaf.getPublicKey())
                && authority.signedAsNow(leaf, wanted.with(leaf.getPublicKey()))
                && leaf.getNotAfter().toInstant().isAfter(clock.instant().plus(RENEWED_BEFORE_END));
        } catch (Problem e) {
            return false; // missing, cut off, or readable by others: made anew
        }
    }

    /** What a peer needs beside its own anchor: the leaf, and authorities below the root. */
    private static List<X509Certificate> chain(Authority authority, X509Certificate leaf) {
        return authority.chain().size() == 1 ? List.of(leaf) : List.of(leaf, authority.certificate());
    }

    /** OpenDJ reads PKCS#12. */
    private void directoryKeystore() throws IOException, GeneralSecurityException {
        List<X509Certificate> chain = PemFile.certificates(settings.tls().resolve("directory.pem"));
        PrivateKey key = PemFile.privateKey(settings.tls().resolve("directory.key"), "EC");
        KeyFile file = new KeyFile(settings.tls().resolve("directory.p12"), settings.directoryKeystorePassword(), "server-cert");
        if (!holds(file, chain)) {
            file.write(key, chain);
            say("made tls/directory.p12");
        }
    }

    private static boolean holds(KeyFile file, List<X509Certificate> chain) {
        try {
            return Files.exists(file.file()) && file.read().chain().equals(chain);
        } catch (Problem e) {
            return false; // a copy of what tls/directory.key and .pem hold
        }
    }

    private void publish(Path file, List<X509Certificate> certificates) throws IOException, GeneralSecurityException {
        if (PublicFile.write(file, PemFile.encode(certificates))) {
            say("wrote " + settings.home().relativize(file));
        }
    }

    private static boolean fits(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
        byte[] anything = {1};
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(anything);
        byte[] value = signature.sign();
        signature.initVerify(publicKey);
        signature.update(anything);
        return signature.verify(value);
    }

    private void say(String what) {
        made++;
        progress.println("ca: " + what);
    }
}
