package antin.backbone;

import antin.directory.AddressBookAccess;
import antin.directory.Directory;
import antin.directory.ldap.LdapDirectory;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import antin.otp.apppassword.AppPassword;
import antin.otp.apppassword.AppPasswordLives;
import antin.otp.apppassword.AppPasswords;
import antin.otp.apppassword.AppSecret;
import antin.otp.apppassword.AppScope;
import antin.otp.apppassword.EndedLogins;
import antin.otp.factor.Base32;
import antin.otp.factor.Devices;
import antin.otp.factor.OneTimeCodes;
import antin.otp.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Known secrets for the sample city, so that anybody can try everything. The files come first and the rows follow from them,
 * at each start: whatever a crash left half-made is mended, and a sample password that somebody revoked stays revoked.
 */
final class SampleSecrets {

    private record SamplePerson(String address, String number) {
    }

    private static final int PASSWORDS_EACH = 2;
    private static final String ADDRESS_BOOKS = "address-books.tsv";
    private static final String SCOPES = Stream.of(AppScope.values()).filter(AppScope.MAIL::contains).map(AppScope::word).collect(Collectors.joining(","));

    private final Path folder;
    private final Devices devices;
    private final AppPasswords passwords;
    private final AddressBookAccess addressBooks;
    private final Directory directory;
    private final SampleClients clients;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    SampleSecrets(Path folder, JdbcClient client, DataSource database, Vault vault, LdapDirectory directory, Clock clock) {
        this.folder = folder;
        this.devices = new Devices(client, vault, clock);
        this.directory = directory;
        this.addressBooks = directory.addressBookAccess();
        this.passwords = new AppPasswords(client, TransactionOperations.withoutTransaction(), vault, addressBooks, new EndedLogins(client, clock), new AppPasswordLives(Duration.ofDays(90)), clock);
        this.clients = new SampleClients(folder.resolve("clients.tsv"), database, vault);
        this.clock = clock;
    }

    void make() {
        try {
            List<SamplePerson> people = people();
            makeCodes(people);
            makePasswords(people);
            makeAddressBooks(people);
            clients.make(random);
        } catch (IOException e) {
            throw new Problem(Kind.MISCONFIGURED, "The sample's files in " + folder + " cannot be written.", e);
        }
    }

    private List<SamplePerson> people() {
        Path file = folder.resolve("people.tsv");
        return SecretFile.text(file).lines().map(line -> line.split("\t", -1)).map(column -> {
            if (column.length < 6) {
                throw new Problem(Kind.MISCONFIGURED, "The file " + file + " has a line without six columns.");
            }
            return new SamplePerson(column[0], column[5]);
        }).toList();
    }

    private void makeCodes(List<SamplePerson> people) throws IOException {
        List<String[]> lines = complete(folder.resolve("otp.tsv"), people, 1, this::randomCodeSecret);
        for (String[] line : lines) {
            byte[] secret = Base32.decode(line[1]);
            for (SamplePerson person : named(people, line[0])) {
                devices.keepSample(person.number(), secret);
            }
        }
    }

    private void makePasswords(List<SamplePerson> people) throws IOException {
        List<String[]> lines = complete(folder.resolve("app-passwords.tsv"), people, PASSWORDS_EACH,
            () -> SCOPES + '\t' + AppSecret.random(random).grouped());
        for (String[] line : lines) {
            Set<AppScope> scopes = Stream.of(line[1].split(",", -1)).map(AppScope::of).flatMap(Optional::stream)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(AppScope.class)));
            AppSecret secret = secret(line[2]);
            for (SamplePerson person : named(people, line[0])) {
                passwords.keep(new AppPassword(UUID.randomUUID(), person.number(), "Sample", scopes, clock.instant(), Optional.empty(), Optional.empty()), secret);
            }
        }
    }

    /** The file's columns: address, identifier, password, and the name to bind with. */
    private void makeAddressBooks(List<SamplePerson> people) throws IOException {
        List<String[]> lines = complete(folder.resolve(ADDRESS_BOOKS), people, 1, () -> {
            String id = UUID.randomUUID().toString();
            return id + '\t' + AppSecret.random(random).grouped() + '\t' + addressBooks.bindName(id);
        });
        for (String[] line : lines) {
            named(people, line[0]).forEach(person -> passwords.keep(addressBook(line, person), secret(line[2])));
        }
    }

    /** Once {@link #make} was called: lets those look people up whose password was not revoked and who have not left. Throws Problem where the directory is away. */
    void openAddressBooks() {
        Map<UUID, String> valid = passwords.addressBooks();
        List<SamplePerson> people = people();
        SecretFile.text(folder.resolve(ADDRESS_BOOKS)).lines().map(line -> line.split("\t", -1)).forEach(line -> named(people, line[0]).stream()
            .filter(person -> person.number().equals(valid.get(UUID.fromString(line[1]))) && directory.person(person.number()).isPresent())
            .forEach(person -> passwords.open(addressBook(line, person), secret(line[2]))));
    }

    private AppPassword addressBook(String[] line, SamplePerson person) {
        return new AppPassword(UUID.fromString(line[1]), person.number(), "Sample", Set.of(AppScope.ADDRESS_BOOK), clock.instant(), Optional.empty(), Optional.empty());
    }

    private static AppSecret secret(String grouped) {
        return AppSecret.typed(grouped).orElseThrow(() -> new Problem(Kind.MISCONFIGURED, "A line of the sample's app passwords holds none."));
    }

    /** The file's lines, after each person who had fewer than {@code each} got more. */
    private static List<String[]> complete(Path file, List<SamplePerson> people, int each, Supplier<String> rest) throws IOException {
        String text = Files.exists(file) ? SecretFile.text(file) : "";
        List<String> lines = text.lines().collect(Collectors.toList());
        int before = lines.size();
        for (SamplePerson person : people) {
            for (long had = lines.stream().filter(line -> line.startsWith(person.address() + '\t')).count(); had < each; had++) {
                lines.add(person.address() + '\t' + rest.get());
            }
        }
        if (lines.size() > before) {
            SecretFile.write(file, String.join("\n", lines) + "\n");
        }
        return lines.stream().map(line -> line.split("\t", -1)).toList();
    }

    private static List<SamplePerson> named(List<SamplePerson> people, String address) {
        return people.stream().filter(person -> person.address().equals(address)).toList();
    }

    private String randomCodeSecret() {
        return Base32.encode(OneTimeCodes.randomSecret(random));
    }
}
