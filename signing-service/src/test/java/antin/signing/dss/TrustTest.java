package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.trust.TrustSettings;
import antin.signing.trust.TrustSettings.OutsideRoots;
import antin.signing.trust.TrustedListSettings;
import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.model.DSSException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom to believe besides the city: other authorities, trusted lists, and which of several time stamps. */
class TrustTest {

    private static final TestPki CITY = new TestPki();
    private static final TestPki OTHER = new TestPki("Other");
    private static final TestTrustedList LIST = new TestTrustedList(OTHER);
    private static final TestKey SIGNER = TestKey.of(OTHER, "CN=Người ngoài,UID=100005,C=VN");
    private static final Duration MONTH = Duration.ofDays(30);

    @TempDir
    private Path folder;

    @AfterAll
    static void stop() {
        CITY.close();
        OTHER.close();
    }

    @Test
    void believesNobodyOfOutsideThatIsNotConfigured() {
        Trust trust = new Trust(TrustSettings.of(List.of(CITY.root.certificate()), CITY.url(), folder), Clock.systemUTC());
        assertThatThrownBy(() -> new CheckCertificate(trust, Clock.systemUTC()).check(SIGNER.chain())).isInstanceOf(Problem.class);
    }

    @Test
    void believesAnOutsideAuthorityButNotWhatItSaysOfOurPeople() {
        CheckCertificate certificates = new CheckCertificate(new Trust(settings(List.of(), List.of(CITY.url() + "/tsa")), Clock.systemUTC()), Clock.systemUTC());
        assertThatCode(() -> certificates.check(SIGNER.chain())).doesNotThrowAnyException();
        assertThat(certificates.isOfCity(SIGNER.chain())).isFalse();
        assertThat(certificates.isOfCity(Stream.concat(SIGNER.chain().stream(), Stream.of(CITY.root.certificate())).toList())).as("whatever is sent beside it").isFalse();
        assertThat(certificates.isOfCity(TestKey.of(CITY, "CN=a,UID=100005,C=VN").chain())).isTrue();
    }

    @Test
    void takesAListThatIsSignedRightAndKeepsIt() throws IOException {
        Path file = Files.write(folder.resolve("list.xml"), LIST.signed(LIST.of(OTHER.root.certificate(), TestTrustedList.GRANTED, 2, MONTH)));
        Trust trust = new Trust(listed(file), Clock.systemUTC());
        assertThat(trust.lists().sources()).as("nothing was fetched yet").isEmpty();
        assertThat(trust.lists().refresh()).isTrue();
        assertThat(trust.roots()).contains(OTHER.root.certificate());
        assertThat(trust.lists().standing().getOrDefault("vn", Optional.empty()).orElseThrow()).isAfter(Instant.now().plus(Duration.ofDays(29)));
        assertThatCode(() -> new CheckCertificate(trust, Clock.systemUTC()).check(SIGNER.chain())).doesNotThrowAnyException();

        for (byte[] wrong : List.of(LIST.of(OTHER.root.certificate(), TestTrustedList.GRANTED, 3, MONTH), tampered(LIST.signed(LIST.of(OTHER.root.certificate(), TestTrustedList.WITHDRAWN, 3, MONTH))),
                new TestTrustedList(OTHER).signed(LIST.of(OTHER.root.certificate(), TestTrustedList.GRANTED, 3, MONTH)),
                LIST.signed(LIST.of(OTHER.root.certificate(), TestTrustedList.GRANTED, 3, Duration.ofMinutes(-1))), LIST.signed(LIST.of(OTHER.root.certificate(), TestTrustedList.WITHDRAWN, 1, MONTH)),
                "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>".getBytes(StandardCharsets.UTF_8), new byte[0])) {
            Files.write(file, wrong);
            assertThat(trust.lists().refresh()).as(new String(wrong, 0, Math.min(120, wrong.length), StandardCharsets.UTF_8)).isFalse();
            assertThat(trust.roots()).as("the last good one stays").contains(OTHER.root.certificate());
        }
        Files.delete(file);
        assertThat(trust.lists().refresh()).isFalse();
        assertThat(new Trust(listed(file), Clock.systemUTC()).roots()).as("after a restart, while it is away").contains(OTHER.root.certificate());
        assertThat(new Trust(listed(file), Clock.fixed(Instant.now().plus(Duration.ofDays(31)), ZoneOffset.UTC)).roots()).as("its time is over").doesNotContain(OTHER.root.certificate());
    }

    @Test
    void doesNotBelieveAServiceThatIsWithdrawn() throws IOException {
        Path file = Files.write(folder.resolve("list.xml"), LIST.signed(LIST.of(OTHER.root.certificate(), TestTrustedList.WITHDRAWN, 2, MONTH)));
        Trust trust = new Trust(listed(file), Clock.systemUTC());
        assertThat(trust.lists().refresh()).isTrue();
        assertThatThrownBy(() -> new CheckCertificate(trust, Clock.systemUTC()).check(SIGNER.chain())).isInstanceOf(Problem.class);
    }

    @Test
    void asksAnotherTimeStampingAuthorityWhileTheFirstIsAway() {
        Trust trust = new Trust(settings(List.of(), List.of(OTHER.url() + "/tsa", CITY.url() + "/tsa")), Clock.systemUTC());
        OTHER.away.put("/tsa", true);
        try {
            int before = OTHER.hits("/tsa");
            for (int i = 0; i < 5; i++) {
                assertThat(trust.timeStamps().getTimeStampResponse(DigestAlgorithm.SHA256, new byte[32])).isNotNull();
            }
            assertThat(OTHER.hits("/tsa") - before).as("it is left alone for a while").isLessThanOrEqualTo(1);
            assertThat(trust.timeStampAuthorities()).containsEntry(OTHER.url() + "/tsa", false).containsEntry(CITY.url() + "/tsa", true);
            CITY.away.put("/tsa", true);
            assertThatThrownBy(() -> trust.timeStamps().getTimeStampResponse(DigestAlgorithm.SHA256, new byte[32])).isInstanceOf(DSSException.class);
        } finally {
            OTHER.away.clear();
            CITY.away.clear();
        }
        assertThat(trust.timeStamps().getTimeStampResponse(DigestAlgorithm.SHA256, new byte[32])).as("when all rest, they are asked all the same").isNotNull();
    }

    private TrustSettings settings(List<TrustedListSettings> lists, List<String> timeStamps) {
        List<OutsideRoots> outside = lists.isEmpty() ? List.of(new OutsideRoots("other", List.of(OTHER.root.certificate()), List.of(OTHER.url()))) : List.of();
        return new TrustSettings(List.of(CITY.root.certificate()), CITY.url(), outside, lists, timeStamps, folder.resolve("kept"));
    }

    private TrustSettings listed(Path file) {
        X509Certificate operator = LIST.operator;
        return settings(List.of(new TrustedListSettings("vn", Optional.empty(), Optional.of(file), List.of(operator), Set.of("http://uri.etsi.org/TrstSvc/Svctype/CA/QC"), List.of(OTHER.url()))),
            List.of(CITY.url() + "/tsa"));
    }

    private static byte[] tampered(byte[] list) {
        return new String(list, StandardCharsets.UTF_8).replace("withdrawn", "granted").getBytes(StandardCharsets.UTF_8);
    }
}
