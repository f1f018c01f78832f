package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that dies at a step of issuing or revoking leaves what the next start sets right by itself. */
class KilledAtEachStepTest {

    private static final Pattern SIGNED = Pattern.compile("\"act\":\"certificate.issue\",\"outcome\":\"(begun|done)\".*\"x-serial\":\"([0-9a-f]+)\"");

    @TempDir
    private static Path home;
    /** One that has a certificate already takes more steps. */
    private static final Set<String> OF_A_KNOWN_KEY = Set.of("before insert into subject_key", "before commit", "after commit");

    private static String database;
    private static KeyPair known;

    @BeforeAll
    static void prepare() throws Exception {
        database = TestPostgres.newDatabase();
        known = TestRequests.ec("secp256r1");
        try (TestAuthority authority = TestAuthority.start(TestPostgres.source(database), home, Clock.systemUTC())) {
            authority.authority().issue(TestRequests.seal(TestRequests.newId(), known));
        }
    }

    /** In the order in which they come; lines of the audit: issue begun and done, revoke begun, CRL begun and done, revoke done. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {
        "before insert into intent", "after insert into intent", "before insert into subject_key", "before commit", "after commit",
        "before line 1", "before insert into certificate", "after insert into certificate", "before line 2", "issued",
        "before line 3", "before update subject_key", "before update certificate", "after update certificate", "before line 4", "before insert into crl", "after insert into crl", "before line 5",
        "before line 6", "revoked"})
    void reconcilesAtTheNextStart(String step) throws Exception {
        String id = "kill-" + step.replace(' ', '-');
        Files.write(home.resolve(id + ".p10"), TestRequests.pkcs10(OF_A_KNOWN_KEY.contains(step) ? known : TestRequests.ec("secp256r1")));
        assertThat(run(id, step, "")).as("it dies there and nowhere else").isEqualTo(HaltingAuthority.HALTED);
        Optional<String> kept = ledger("select serial from intent join certificate using (serial) where request_id = '" + id + "'").stream().findFirst();
        Optional<String> revoked = ledger("select serial from intent join certificate using (serial) where revoked is not null and request_id = '" + id + "'").stream().findFirst();

        try (TestAuthority next = TestAuthority.start(TestPostgres.source(database), home, Clock.systemUTC())) {
            // Nothing is out that the ledger does not know, and nothing half done is left
            assertThat(kept.stream().toList()).as("what was answered is kept").containsAll(answered("issued", id));
            assertThat(ledger("select serial from intent where not abandoned and serial not in (select serial from certificate)")).isEmpty();
            assertThat(ledger("select serial from intent")).as("every serial that the key may have signed").containsAll(audited("begun"));
            assertThat(ledger("select serial from certificate")).containsAll(audited("done"));
            // No revocation is lost, and the CRL says what the ledger says, at once
            assertThat(revoked.stream().toList()).containsAll(answered("revoked", id));
            assertThat(onCrl(next)).containsExactlyInAnyOrderElementsOf(ledger("select serial from certificate where revoked is not null"));
            // The same wish is met once
            String serial = next.authority().issue(HaltingAuthority.request(home, id)).certificate().getSerialNumber().toString(16);
            assertThat(serial).isEqualTo(kept.orElse(serial));
            assertThat(ledger("select serial from intent join certificate using (serial) where request_id = '" + id + "'")).containsExactly(serial);
            next.authority().revoke(new BigInteger(serial, 16), RevocationReason.SUPERSEDED, "test");
            assertThat(onCrl(next)).contains(serial);
            assertThat(ledger("select reason from certificate where serial = '" + serial + "'")).as("the first reason stays")
                .containsExactly(Integer.toString((revoked.isPresent() ? RevocationReason.KEY_COMPROMISE : RevocationReason.SUPERSEDED).code()));
        }
    }

    /** Lines of the audit: 1 to 4 hold, 5 to 8 release, 9 to 12 hold again, 13 to 16 revoke for good. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"before update certificate,", "after update certificate, 6", "before line 2, 6", "before insert into crl, 6", "after insert into crl, 6", "held, 6", "before line 5, 6",
        "before line 6,", "before line 7,", "released,", "before line 10, 6", "before line 13, 6", "before line 14, 1", "revoked, 1"})
    void reconcilesAHoldAtTheNextStart(String step, @Nullable String reason) throws Exception {
        String id = "hold-" + step.replace(' ', '-');
        Files.write(home.resolve(id + ".p10"), TestRequests.pkcs10(TestRequests.ec("secp256r1")));
        assertThat(run(id, step, "hold")).as("it dies there and nowhere else").isEqualTo(HaltingAuthority.HALTED);
        BigInteger serial = new BigInteger(answered("issued", id).getFirst(), 16);
        String of = " from certificate where serial = '" + serial.toString(16) + "'";
        assertThat(ledger("select coalesce(reason::text, '')" + of)).containsExactly(reason == null ? "" : reason);
        boolean touched = ledger("select moved is not null" + of).equals(List.of("t"));

        try (TestAuthority next = TestAuthority.start(TestPostgres.source(database), home, Clock.systemUTC())) {
            // Both lists say what the ledger says, at once
            assertThat(reasonOn(next, "agencies", serial)).isEqualTo(reason);
            assertThat(reasonOn(next, "agencies-delta", serial)).isEqualTo(reason == null && touched ? "8" : reason);
            // And it goes on from there
            if ("6".equals(reason)) {
                next.authority().release(serial, "test");
                assertThat(reasonOn(next, "agencies", serial)).isNull();
                assertThat(reasonOn(next, "agencies-delta", serial)).isEqualTo("8");
            } else if (reason == null) {
                next.authority().hold(serial, "test");
                assertThat(reasonOn(next, "agencies", serial)).isEqualTo("6");
            }
            next.authority().revoke(serial, RevocationReason.SUPERSEDED, "test");
            assertThat(reasonOn(next, "agencies", serial)).isEqualTo("1".equals(reason) ? "1" : "4");
        }
    }

    /** The reason's code (RFC 5280, 5.3.1) on that list; null where it is not there. */
    private static @Nullable String reasonOn(TestAuthority authority, String list, BigInteger serial) throws Exception {
        X509CRL crl = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(authority.authority().crl(list)));
        X509CRLEntry entry = crl.getRevokedCertificate(serial);
        return entry == null ? null : Integer.toString(entry.getRevocationReason().ordinal());
    }

    private static int run(String id, String step, String what) throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp",
            System.getProperty("java.class.path"), HaltingAuthority.class.getName(), home.toString(), TestPostgres.url(database), id, step, what)
            .redirectErrorStream(true).redirectOutput(home.resolve("out").toFile()).start();
        int exit = process.waitFor();
        return exit == HaltingAuthority.HALTED ? exit : failed(exit);
    }

    private static int failed(int exit) throws Exception {
        throw new AssertionError("It ended with " + exit + ": " + Files.readString(home.resolve("out")));
    }

    /** The serial that the process told before it died, if it did. */
    private static List<String> answered(String what, String id) throws Exception {
        Path file = home.resolve(what + "." + id);
        return Files.exists(file) ? List.of(Files.readString(file)) : List.of();
    }

    private static Set<String> onCrl(TestAuthority authority) throws Exception {
        X509CRL crl = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(authority.authority().crl("agencies")));
        return crl.getRevokedCertificates() == null ? Set.of()
            : crl.getRevokedCertificates().stream().map(entry -> entry.getSerialNumber().toString(16)).collect(Collectors.toSet());
    }

    private static List<String> audited(String outcome) throws Exception {
        return Files.readAllLines(home.resolve("audit/ca.log")).stream().map(SIGNED::matcher).filter(Matcher::find)
            .filter(line -> line.group(1).equals(outcome)).map(line -> line.group(2)).toList();
    }

    private static List<String> ledger(String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = TestPostgres.source(database).getConnection(); Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }
}
