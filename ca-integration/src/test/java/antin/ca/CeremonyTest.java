package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.ca.ceremony.Ceremony;
import antin.kernel.Problem;
import antin.kernel.audit.AuditLog;
import antin.kernel.tls.PemFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The root's key leaves the machine, and comes back when it is needed. */
class CeremonyTest {

    private static final String PASS_PHRASE = "bốn con voi đi qua cầu";

    @TempDir
    private Path home;
    private TestState state;
    private final List<String> shown = new ArrayList<>();
    private final Deque<String> typed = new ArrayDeque<>();
    private Path file;

    @BeforeEach
    void prepare() throws Exception {
        state = TestState.prepare(home);
        state.bootstrap(Clock.systemUTC());
        file = home.resolve("medium.pem");
    }

    @Test
    void sealsTheRootUnderAPassPhraseAndBringsItBackForOneRun() throws Exception {
        hold(List.of(PASS_PHRASE, PASS_PHRASE), "seal", file.toString());
        assertThat(home.resolve("ca/root.p12")).doesNotExist();
        for (String needed : List.of("status/ocsp-root.p12", "ca/persons.p12", "status/ocsp-persons.p12")) {
            Files.delete(home.resolve(needed));
        }
        assertThat(state.bootstrap(Clock.systemUTC())).anyMatch(line -> line.contains("waits for the root's key")).anyMatch(line -> line.contains("ocsp-root.p12 is missing"));
        assertThatThrownBy(() -> hold(List.of(PASS_PHRASE + "!"), "open", file.toString())).isInstanceOf(Problem.class).hasMessageContaining("does not open");
        assertThat(home.resolve("ca/root.p12")).doesNotExist();

        hold(List.of(PASS_PHRASE), "open", file.toString());
        state.bootstrap(Clock.systemUTC());
        assertThat(home.resolve("status/ocsp-root.p12")).exists();
        PemFile.certificates(home.resolve("tls/persons.pem")).getFirst().verify(PemFile.certificates(home.resolve("tls/root.pem")).getFirst().getPublicKey());
        hold(List.of(), "close", file.toString());
        assertThat(home.resolve("ca/root.p12")).doesNotExist();
        assertThat(Files.readString(home.resolve("audit/ca.log"))).contains("root.seal\",\"outcome\":\"begun", "root.open\",\"outcome\":\"failed",
            "root.close\",\"outcome\":\"done").doesNotContain("voi");
    }

    @Test
    void splitsTheRootAmongFiveOfWhomAnyThreeBringItBack() throws Exception {
        hold(List.of("1", "3", "5"), "split", file.toString(), "3", "5");
        assertThat(shown).hasSize(5).doesNotHaveDuplicates();
        assertThat(home.resolve("ca/root.p12")).doesNotExist();
        assertThatThrownBy(() -> hold(List.of("2", "4", "4"), "open", file.toString())).isInstanceOf(Problem.class).hasMessageContaining("twice");
        assertThatThrownBy(() -> hold(List.of("2", shown.get(3).replace("antin-share 3 4", "antin-share 3 5"), "1"), "open", file.toString())).isInstanceOf(Problem.class)
            .hasMessageContaining("mistyped");
        hold(List.of("5", "2", "4"), "open", file.toString());
        assertThat(state.bootstrap(Clock.systemUTC())).containsExactly("ca: every key and certificate is current");
    }

    @Test
    void deletesNothingThatCouldNotBeBroughtBack() throws Exception {
        assertThatThrownBy(() -> hold(List.of(PASS_PHRASE, PASS_PHRASE + "x"), "seal", file.toString())).hasMessageContaining("differ");
        assertThatThrownBy(() -> hold(List.of("short", "short"), "seal", file.toString())).hasMessageContaining("fewer than 16");
        assertThatThrownBy(() -> hold(List.of("1", "1"), "split", file.toString(), "2", "3")).hasMessageContaining("stays where it was");
        assertThatThrownBy(() -> hold(List.of(), "close", file.toString())).hasMessageContaining("not the one that was opened");
        assertThatThrownBy(() -> hold(List.of(), "split", file.toString(), "1", "3")).hasMessageContaining("At least 2");
        assertThat(home.resolve("ca/root.p12")).exists();
    }

    @Test
    void sealsInAFormThatOpensslOpens() throws Exception {
        hold(List.of("four elephants cross", "four elephants cross"), "seal", file.toString());
        Path key = home.resolve("plain.key");
        Process openssl = new ProcessBuilder("openssl", "pkey", "-in", file.toString(), "-passin", "pass:four elephants cross", "-pubout", "-out", key.toString())
            .redirectErrorStream(true).start();
        assertThat(openssl.waitFor()).as(new String(openssl.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)).isZero();
        assertThat(Files.readString(key).replaceAll("-----[^-]*-----|\\s", ""))
            .isEqualTo(java.util.Base64.getEncoder().encodeToString(PemFile.certificates(home.resolve("tls/root.pem")).getFirst().getPublicKey().getEncoded()));
    }

    /** What is typed: a digit stands for the share with that number. */
    private void hold(List<String> answers, String... words) throws Exception {
        typed.clear();
        typed.addAll(answers);
        try (AuditLog audit = AuditLog.open(home.resolve("audit"), "ca", Clock.systemUTC())) {
            new Ceremony(state.settings(), audit, new Ceremony.People() {
                @Override
                public char[] secret(String question) {
                    String answer = typed.removeFirst();
                    return (answer.length() == 1 ? shown.get(Integer.parseInt(answer) - 1) : answer).toCharArray();
                }

                @Override
                public void show(int number, int holders, String share) {
                    shown.add(share);
                }
            }, line -> { }).run(List.of(words));
        }
    }
}
