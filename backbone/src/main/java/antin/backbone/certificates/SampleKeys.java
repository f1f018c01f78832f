package antin.backbone.certificates;

import antin.ca.CertificateAuthority;
import antin.ca.CertificateAuthority.IssuedCertificate;
import antin.ca.CertificateRequest;
import antin.ca.enrol.NewKey;
import antin.ca.enrol.RequestId;
import antin.directory.Directory;
import antin.directory.Person;
import antin.directory.Register;
import antin.kernel.Problem;
import antin.kernel.SecretFile;
import antin.kernel.process.BackgroundThread;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys for the sample city's people, for signing and for logging in, each in {@code FOLDER/LOCAL.p12} with {@code LOCAL.password} beside it. Made in the
 * background where they are missing, as soon as the authority answers; what is there is left alone. The certificates for signing stand in the
 * directory, where address books find them.
 */
public final class SampleKeys implements AutoCloseable {

    private enum Use {
        SIGNING("keys", "person-signing", "sample-"), LOGIN("login-keys", "person-login", "sample-login-");

        private final String folder;
        private final String profile;
        private final String request;

        Use(String folder, String profile, String request) {
            this.folder = folder;
            this.profile = profile;
            this.request = request;
        }
    }

    private record Wish(Use use, String address) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(SampleKeys.class);
    private static final Duration REST = Duration.ofMillis(500);
    private static final int PASSWORD_BYTES = 15;

    private final Path sample;
    private final Directory directory;
    private final Register register;
    private final CertificateAuthority authority;
    private final SecureRandom random = new SecureRandom();
    private final Map<Wish, NewKey> halfMade = new HashMap<>();
    private final BackgroundThread thread = new BackgroundThread("sample-keys", this::makeAll);
    private volatile boolean complete;

    /** {@code sample} is the folder with {@code people.tsv}. */
    public SampleKeys(Path sample, Directory directory, Register register, CertificateAuthority authority) {
        this.sample = sample;
        this.directory = directory;
        this.register = register;
        this.authority = authority;
    }

    public SampleKeys start() {
        complete = missing().isEmpty();
        thread.start();
        return this;
    }

    /** Whether everybody of the sample has a key. */
    public boolean isComplete() {
        return complete;
    }

    @Override
    public void close() {
        thread.close();
    }

    private void makeAll() {
        boolean told = false;
        while (!thread.isClosed()) {
            try {
                for (Wish wish : missing()) {
                    make(wish);
                }
                publish();
                complete = true;
                return;
            } catch (Problem | IOException e) {
                if (!told && !thread.isClosed()) {
                    LOG.warn("The sample's keys cannot be made yet ({}); it is tried again", e instanceof Problem problem ? problem.detail() : e.toString());
                    told = true;
                }
                thread.rest(REST);
            }
        }
    }

    /** Where nobody has put a certificate before: what was taken out, or replaced, stays so. */
    private void publish() throws IOException {
        for (String address : addresses()) {
            Optional<Person> found = directory.person(address);
            if (found.isPresent() && register.certificates(found.get().number()).isEmpty()) {
                register.setCertificates(found.get().number(), List.of(certificate(address)));
            }
        }
    }

    private byte[] certificate(String address) throws IOException {
        Wish signing = new Wish(Use.SIGNING, address);
        try (InputStream file = Files.newInputStream(keys(signing))) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(file, SecretFile.text(password(signing)).toCharArray());
            return keys.getCertificate(local(address)).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IOException("The sample key of " + address + " cannot be read.", e);
        }
    }

    private List<Wish> missing() {
        return addresses().stream().flatMap(address -> Stream.of(Use.values()).map(use -> new Wish(use, address))).filter(wish -> !Files.exists(keys(wish))).toList();
    }

    private Path keys(Wish wish) {
        return sample.resolve(wish.use.folder).resolve(local(wish.address) + ".p12");
    }

    private Path password(Wish wish) {
        return sample.resolve(wish.use.folder).resolve(local(wish.address) + ".password");
    }

    private List<String> addresses() {
        return SecretFile.text(sample.resolve("people.tsv")).lines().map(line -> line.split("\t", -1)[0]).toList();
    }

    private void make(Wish wish) throws IOException {
        Optional<Person> found = directory.person(wish.address);
        if (found.isEmpty()) {
            return; // left or disabled: needs none
        }
        Person person = found.get();
        // Kept until it is in its file: asking again is then the same wish, and gets the same certificate
        NewKey key = halfMade.computeIfAbsent(wish, unused -> NewKey.make(random));
        X500Principal subject = SubjectNames.of(person);
        byte[] request = key.request(subject, List.of(person.address()));
        IssuedCertificate issued = authority.issue(new CertificateRequest(RequestId.of(wish.use.request + person.number(), request), wish.use.profile, subject,
            List.of(person.address()), request, "backbone"));
        List<X509Certificate> chain = new ArrayList<>(List.of(issued.certificate()));
        chain.addAll(issued.authorities());
        SecretFile.createRandom(password(wish), PASSWORD_BYTES, random);
        key.store(keys(wish), local(wish.address), SecretFile.text(password(wish)), chain);
        halfMade.remove(wish);
    }

    private static String local(String address) {
        return address.substring(0, address.indexOf('@'));
    }
}
