package antin.ca.bootstrap;

import antin.ca.CaSettings;
import antin.ca.authority.Authority;
import antin.ca.authority.Authority.Request;
import antin.ca.authority.AuthorityFiles;
import antin.ca.authority.CertificateNames;
import antin.ca.authority.KeyFile;
import antin.ca.authority.KeyKind;
import antin.ca.authority.Profile;
import antin.kernel.Problem;
import antin.kernel.SecretFile;
import antin.kernel.tls.PemFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * Makes what an installation's processes need to trust each other, to listen, and to answer for certificates: what is missing,
 * what ends within thirty days, and what no longer says what it should. Authorities' keys are made once and never replaced. Each
 * file is written whole, so that a run after a crash mends whatever the crash left.
 */
public final class Bootstrap {

    private static final List<String> LISTENERS = List.of("backbone", "mail-server", "directory", "signing-service");
    private static final List<String> PROCESSES = List.of("backbone", "mail-server", "ca", "signing-service", "launcher");
    /** The file of the process {@code ca}: {@code ca.pem} is the internal authority's certificate. */
    public static final String CA_PROCESS_FILE = "ca-process";

    private final CaSettings settings;
    private final AuthorityFiles files;
    private final IssueCertificate issue;
    private final Leaves leaves;
    private final Consumer<String> progress;
    private int made;

    public Bootstrap(CaSettings settings, IssueCertificate issue, Clock clock, Consumer<String> progress) {
        this.settings = settings;
        this.files = settings.authorities();
        this.issue = issue;
        this.leaves = new Leaves(issue, clock);
        this.progress = progress;
    }

    /** Returns how many keys and files were made. */
    public int run() throws IOException, GeneralSecurityException {
        // Step 1: a place for what is signed from here on
        if (!issue.issued().exists()) {
            issue.issued().begin(EarlierCertificates.in(settings.tls(), presentAuthorities()));
        }
        // Step 2: the internal authority, and who the processes are
        Authority internal = internalAuthority();
        publish(settings.internal().resolve("ca.pem"), List.of(internal.certificate()));
        for (String process : PROCESSES) {
            leaf(internal, Profile.INTERNAL_PEER, new KeyPlace.Pem(settings.internal(), process.equals("ca") ? CA_PROCESS_FILE : process),
                "CN=" + process + ",OU=services," + settings.baseDn(), Optional.of(CertificateNames.process(process)));
        }
        recoveryKey(internal);
        // Step 3: the root, which is needed only to make what is below it, and may then lie elsewhere
        Authority issuing = issuingAuthority();
        publish(settings.tls().resolve("root.pem"), List.of(issuing.chain().getLast()));
        for (KeyFile file : List.of(files.persons(), files.agencies())) {
            furtherAuthority(file, issuing);
        }
        List<Authority> authorities = files.readAllIssuing();
        for (Authority authority : authorities) {
            publish(settings.tls().resolve(authority.name() + ".pem"), List.of(authority.certificate()));
        }
        // Step 4: the listeners
        for (String listener : LISTENERS) {
            leaf(issuing, Profile.LISTENER, new KeyPlace.Pem(settings.tls(), listener),
                "CN=" + settings.hosts().getFirst() + ",OU=" + listener + ",O=Ấn Tín,C=VN", Optional.of(CertificateNames.hosts(settings.hosts())));
        }
        directoryKeystore();
        // Step 5: who answers for certificates in the authorities' place
        statusKeys(authorities);
        if (settings.sample()) {
            publish(settings.home().resolve("sample/root.pem"), List.of(issuing.chain().getLast()));
        }
        return made;
    }

    private Map<String, X509Certificate> presentAuthorities() {
        Map<String, X509Certificate> present = new LinkedHashMap<>();
        if (files.internal().exists()) {
            present.put(AuthorityFiles.INTERNAL, files.readInternal().certificate());
        }
        if (files.issuing().exists()) {
            Authority issuing = files.readIssuing();
            files.readAllIssuing().forEach(authority -> present.put(authority.name(), authority.certificate()));
            present.put(AuthorityFiles.ROOT, issuing.chain().getLast());
        } else if (files.root().exists()) {
            present.put(AuthorityFiles.ROOT, files.readRoot().certificate());
        }
        return present;
    }

    private Authority internalAuthority() throws IOException, GeneralSecurityException {
        if (!files.internal().exists()) {
            selfSigned(files.internal(), Profile.INTERNAL_AUTHORITY, Profile.INTERNAL_AUTHORITY.key(), "CN=Ấn Tín Internal CA,OU=Processes only,O=Ấn Tín,C=VN");
        }
        return files.readInternal();
    }

    /** Made once: what was sealed for it opens with nothing else. */
    private void recoveryKey(Authority internal) throws IOException, GeneralSecurityException {
        KeyFile file = settings.recovery();
        Path certificate = settings.recoveryCertificate();
        if (Files.exists(file.file())) {
            publish(certificate, List.of(file.read().chain().getFirst()));
            return;
        }
        if (Files.exists(certificate)) {
            return; // the key was taken elsewhere
        }
        SecretFile.createRandom(file.passwordFile(), 32, new SecureRandom());
        KeyPair keys = issue.newKey(Profile.RECOVERY.key());
        Request request = new Request(Profile.RECOVERY, new X500Principal("CN=Ấn Tín Key Recovery,OU=Processes only,O=Ấn Tín,C=VN"), keys.getPublic(), Optional.empty());
        file.write(keys.getPrivate(), List.of(issue.by(internal, request), internal.certificate()));
        say("made the recovery key: ca/recovery.p12");
        publish(certificate, List.of(file.read().chain().getFirst()));
    }

    private Authority issuingAuthority() throws IOException, GeneralSecurityException {
        if (!files.issuing().exists()) {
            if (!files.root().exists()) {
                selfSigned(files.root(), Profile.ROOT, rootKey(), name("Root CA"));
            }
            belowTheRoot(files.issuing(), files.readRoot());
        }
        return files.readIssuing();
    }

    /** Persons' and agencies' certificates come from authorities of their own (Decree 68/2024/NĐ-CP, Article 10), which an installation of before does not have. */
    private void furtherAuthority(KeyFile file, Authority issuing) throws IOException, GeneralSecurityException {
        if (file.exists()) {
            return;
        }
        if (!files.root().exists()) {
            progress.accept("ca: the CA of the " + file.alias() + " waits for the root's key, and the issuing CA signs in its place. Bring ca/root.p12 back for one run"
                + " of ca --bootstrap.");
            return;
        }
        Authority root = files.readRoot();
        if (!root.certificate().equals(issuing.chain().getLast())) {
            throw new Problem(Problem.Kind.MISCONFIGURED, "The file " + files.root().file() + " holds another root than the one above the issuing CA. Restore the right one.");
        }
        if (file.token().isEmpty()) {
            SecretFile.createRandom(file.passwordFile(), 32, new SecureRandom());
        }
        belowTheRoot(file, root);
    }

    private void belowTheRoot(KeyFile file, Authority root) throws IOException, GeneralSecurityException {
        KeyPair keys = file.token().isPresent() ? issue.newKey(settings.issuingKey(), file.token().get().connected()) : issue.newKey(settings.issuingKey());
        X500Principal subject = new X500Principal(name(title(file.alias()) + " CA"));
        X509Certificate certificate = issue.by(root, new Request(Profile.ISSUING, subject, keys.getPublic(), Optional.empty()));
        file.write(keys.getPrivate(), List.of(certificate, root.certificate()));
        say("made the " + file.alias() + " CA: " + subject.getName());
    }

    private static String title(String authority) {
        return authority.substring(0, 1).toUpperCase(Locale.ROOT) + authority.substring(1);
    }

    private void selfSigned(KeyFile file, Profile profile, KeyKind kind, String name) throws IOException, GeneralSecurityException {
        KeyPair keys = issue.newKey(kind);
        Request request = new Request(profile, new X500Principal(name), keys.getPublic(), Optional.empty());
        file.write(keys.getPrivate(), List.of(issue.selfSigned(file.alias(), keys.getPrivate(), request)));
        say("made the " + file.alias() + " CA: " + request.subject().getName());
    }

    /** Who knows no elliptic curves below the root knows none at the root either; it lives twice as long. */
    private KeyKind rootKey() {
        return switch (settings.issuingKey()) {
            case RSA_3072, RSA_4096 -> KeyKind.RSA_4096;
            case EC_P256, EC_P384 -> Profile.ROOT.key();
        };
    }

    private String name(String what) {
        return "CN=Ấn Tín " + (settings.sample() ? "SAMPLE " : "") + what + ",O=Ấn Tín,C=VN";
    }

    /** RFC 6960, 4.2.2.2: a responder's certificate comes from the very authority that it answers for. */
    private void statusKeys(List<Authority> authorities) throws IOException, GeneralSecurityException {
        SecretFile.createRandom(settings.statusKeysPassword(), 32, new SecureRandom());
        KeyPlace ocspRoot = statusKey("ocsp-root");
        if (files.root().exists()) {
            leaf(files.readRoot(), Profile.OCSP_SIGNER, ocspRoot, name("Root OCSP"), Optional.empty());
        } else if (!leaves.lasts(ocspRoot)) {
            progress.accept("ca: status/ocsp-root.p12 is missing or about to end. Bring ca/root.p12 back for one run of ca --bootstrap.");
        }
        for (Authority authority : authorities) {
            leaf(authority, Profile.OCSP_SIGNER, statusKey("ocsp-" + authority.name()), name(title(authority.name()) + " OCSP"), Optional.empty());
        }
        leaf(authorities.getFirst(), Profile.TIME_STAMPS, settings.timeStampKey(), statusKey("tsa"), name("Time Stamps"), Optional.empty());
    }

    private KeyPlace statusKey(String name) {
        return new KeyPlace.Pkcs12(new KeyFile(settings.home().resolve("status/" + name + ".p12"), settings.statusKeysPassword(), name));
    }

    private void leaf(Authority authority, Profile profile, KeyPlace place, String subject, Optional<GeneralNames> names)
        throws IOException, GeneralSecurityException {
        leaf(authority, profile, profile.key(), place, subject, names);
    }

    private void leaf(Authority authority, Profile profile, KeyKind kind, KeyPlace place, String subject, Optional<GeneralNames> names)
        throws IOException, GeneralSecurityException {
        leaves.make(authority, profile, kind, place, subject, names).ifPresent(certificate ->
            say("made key and certificate " + settings.home().relativize(place.file()) + " until " + certificate.getNotAfter().toInstant()));
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
            return file.exists() && file.read().chain().equals(chain);
        } catch (Problem e) {
            return false; // a copy of what tls/directory.key and .pem hold
        }
    }

    private void publish(Path file, List<X509Certificate> certificates) throws IOException, GeneralSecurityException {
        if (PublicFile.write(file, PemFile.encode(certificates))) {
            say("wrote " + settings.home().relativize(file));
        }
    }

    private void say(String what) {
        made++;
        progress.accept("ca: " + what);
    }
}
