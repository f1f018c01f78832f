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
import javax.security.auth.x500.X500Principal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys for the sample city's people, each in {@code FOLDER/LOCAL.p12} with {@code LOCAL.password} beside it. Made in the
 * background where they are missing, as soon as the authority answers; what is there is left alone. Their certificates stand in the
 * directory, where address books find them.
 */
public final class SampleKeys implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SampleKeys.class);
    private static final String PROFILE = "person-signing";
    private static final Duration REST = Duration.ofMillis(500);
    private static final int PASSWORD_BYTES = 15;

    private final Path folder;
    private final Path people;
    private final Directory directory;
    private final Register register;
    private final CertificateAuthority authority;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, NewKey> halfMade = new HashMap<>();
    private final BackgroundThread thread = new BackgroundThread("sample-keys", this::makeAll);
    private volatile boolean complete;

    /** {@code sample} is the folder with {@code people.tsv}. */
    public SampleKeys(Path sample, Directory directory, Register register, CertificateAuthority authority) {
        this.folder = sample.resolve("keys");
        this.people = sample.resolve("people.tsv");
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
                for (String address : missing()) {
                    make(address);
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
        try (InputStream file = Files.newInputStream(folder.resolve(local(address) + ".p12"))) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(file, SecretFile.text(folder.resolve(local(address) + ".password")).toCharArray());
            return keys.getCertificate(local(address)).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IOException("The sample key of " + address + " cannot be read.", e);
        }
    }

    private List<String> missing() {
        return addresses().stream().filter(address -> !Files.exists(folder.resolve(local(address) + ".p12"))).toList();
    }

    private List<String> addresses() {
        return SecretFile.text(people).lines().map(line -> line.split("\t", -1)[0]).toList();
    }

    private void make(String address) throws IOException {
        Optional<Person> found = directory.person(address);
        if (found.isEmpty()) {
            return; // left or disabled: needs none
        }
        Person person = found.get();
        // Kept until it is in its file: asking again is then the same wish, and gets the same certificate
        NewKey key = halfMade.computeIfAbsent(person.number(), number -> NewKey.make(random));
        X500Principal subject = SubjectNames.of(person);
        byte[] request = key.request(subject);
        IssuedCertificate issued = authority.issue(new CertificateRequest(RequestId.of("sample-" + person.number(), request), PROFILE, subject,
            List.of(person.address()), request, "backbone"));
        List<X509Certificate> chain = new ArrayList<>(List.of(issued.certificate()));
        chain.addAll(issued.authorities());
        Path password = folder.resolve(local(address) + ".password");
        SecretFile.createRandom(password, PASSWORD_BYTES, random);
        key.store(folder.resolve(local(address) + ".p12"), local(address), SecretFile.text(password), chain);
        halfMade.remove(person.number());
    }

    private static String local(String address) {
        return address.substring(0, address.indexOf('@'));
    }
}
