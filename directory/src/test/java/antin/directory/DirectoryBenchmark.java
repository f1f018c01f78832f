package antin.directory;

import antin.directory.ldap.LdapDirectory;
import antin.directory.ldap.LdapSettings;
import antin.directory.opendj.TestDirectory;
import antin.kernel.SecretFile;
import antin.kernel.config.Settings;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PemFile;
import antin.kernel.tls.TlsMaterial;
import com.unboundid.ldap.sdk.EXTERNALBindRequest;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Behind {@code benchmarks/directory}. {@code load LDIF}: how many seconds plain ldapmodify needs for a file, into an OpenDJ of its own.
 * {@code ask STATE SECONDS}: what the adapter leaves of raw binds and searches, on an installation that is up.
 */
final class DirectoryBenchmark {

    /** One piece of work; {@code number} counts up. What it found is never empty. */
    private interface Work {
        Optional<?> run(int number) throws LDAPException;
    }

    private record Login(String address, String password, String number) {
    }

    private static final int THREADS = 2;
    private static final int ROUNDS = 3;
    private static final String[] ATTRIBUTES = {"uid", "cn", "mail", "antinMailAlternateAddress", "antinUnit", "antinRole", "antinStatus", "preferredLanguage"};

    private DirectoryBenchmark() {
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("load")) {
            load(Path.of(arguments[1]));
        } else {
            ask(Path.of(arguments[1]), Duration.ofSeconds(Integer.parseInt(arguments[2])));
        }
        System.exit(0);
    }

    private static void load(Path ldif) throws IOException, InterruptedException {
        try (TestDirectory directory = TestDirectory.start()) {
            Path password = directory.state().resolve("password");
            SecretFile.write(password, directory.managerPassword()); // ldapmodify takes every byte of it
            ProcessBuilder program = new ProcessBuilder("ldapmodify", "-a", "-H", "ldaps://localhost:" + directory.ldapsPort(), "-x", "-D", TestDirectory.MANAGER,
                "-y", password.toString(), "-f", ldif.toString()).redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.INHERIT);
            program.environment().put("LDAPTLS_REQCERT", "never"); // a throw-away server of this very process; TLS costs the same
            Instant begun = Instant.now();
            int code = program.start().waitFor();
            if (code != 0) {
                throw new IllegalStateException("ldapmodify ended with " + code);
            }
            System.out.printf(Locale.ROOT, "%.1f%n", Duration.between(begun, Instant.now()).toMillis() / 1000.0);
        }
    }

    private static void ask(Path state, Duration time) throws Exception {
        LdapSettings settings = LdapSettings.read(Settings.read(state.resolve("conf/backbone.properties")));
        InternalIdentity identity = InternalIdentity.read(state.resolve("tls/internal"), "backbone");
        List<Login> logins = new ArrayList<>();
        try (Stream<String> lines = Files.lines(state.resolve("sample/people.tsv"))) {
            lines.map(line -> line.split("\t", -1)).forEach(column -> logins.add(new Login(column[0], column[4], column[5])));
        }
        try (Directory adapter = LdapDirectory.connect(settings, identity); LDAPConnectionPool reads = pool(settings, identity); LDAPConnectionPool binds = pool(settings, null)) {
            String people = "ou=people," + settings.base();
            compare("bind-vs-raw", time, number -> {
                Login login = logins.get(number % logins.size());
                return Optional.of(binds.bind(new SimpleBindRequest("uid=" + login.number() + ',' + people, login.password())));
            }, number -> {
                Login login = logins.get(number % logins.size());
                return adapter.authenticate(login.address(), login.password());
            });
            compare("search-vs-raw", time, number -> {
                String address = logins.get(number % logins.size()).address();
                Filter filter = Filter.createANDFilter(Filter.createEqualityFilter("objectClass", "antinStaff"),
                    Filter.createORFilter(Filter.createEqualityFilter("mail", address), Filter.createEqualityFilter("antinMailAlternateAddress", address)));
                return Optional.ofNullable(reads.searchForEntry(new SearchRequest(people, SearchScope.SUB, filter, ATTRIBUTES)));
            }, number -> adapter.person(logins.get(number % logins.size()).address()));
        }
    }

    /** In turns, so that what else the machine does meets both. */
    private static void compare(String name, Duration time, Work raw, Work ours) throws Exception {
        rate(time.dividedBy(2), raw);
        rate(time.dividedBy(2), ours);
        double rawRate = 0;
        double ourRate = 0;
        for (int round = 0; round < ROUNDS; round++) {
            rawRate += rate(time, raw) / ROUNDS;
            ourRate += rate(time, ours) / ROUNDS;
        }
        System.out.printf(Locale.ROOT, "%s %.2f (raw %.0f, adapter %.0f a second, %d at once)%n", name, ourRate / rawRate, rawRate, ourRate, THREADS);
    }

    private static double rate(Duration time, Work work) throws Exception {
        Instant begun = Instant.now();
        List<Future<Integer>> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread * 7;
                done.add(threads.submit((Callable<Integer>) () -> {
                    int count = 0;
                    while (Duration.between(begun, Instant.now()).compareTo(time) < 0) {
                        if (work.run(first + count++).isEmpty()) {
                            throw new IllegalStateException("Somebody of the sample city was not found");
                        }
                    }
                    return count;
                }));
            }
        }
        int sum = 0;
        for (Future<Integer> count : done) {
            sum += count.get();
        }
        return sum / (Duration.between(begun, Instant.now()).toMillis() / 1000.0);
    }

    private static LDAPConnectionPool pool(LdapSettings settings, @Nullable InternalIdentity identity) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(identity == null ? null : identity.own().keyManagers(),
            new TrustManager[] {TlsMaterial.trusting(PemFile.certificates(settings.trustFile()))}, null);
        LDAPConnection connection = new LDAPConnection(context.getSocketFactory(), settings.hosts().getFirst().name(), settings.hosts().getFirst().port());
        if (identity != null) {
            connection.bind(new EXTERNALBindRequest(""));
        }
        return new LDAPConnectionPool(connection, THREADS);
    }
}
