package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import antin.ca.CertificateAuthority.IssuedCertificate;
import antin.ca.CertificateSearch.Page;
import antin.ca.CertificateSearch.Query;
import antin.ca.CertificateSearch.State;
import antin.ca.CertificateStatus.Revocation;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.CRLReason;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.security.auth.x500.X500Principal;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every authority keeps, wherever it is. What an adapter has no capability for is skipped, and says so. */
public interface CertificateAuthorityContract {

    CertificateAuthority authority();

    /** What an authority can do besides. */
    default <T> T capability(Class<T> type) {
        CertificateAuthority authority = authority();
        assumeTrue(type.isInstance(authority), () -> authority.getClass().getSimpleName() + " is no " + type.getSimpleName());
        return type.cast(authority);
    }

    default StatusSource status() {
        return capability(StatusSource.class);
    }

    /** The short name of the authority that signs {@link TestRequests#any()}. */
    default String issuer() {
        return "agencies";
    }

    Duration NOW = Duration.ZERO;
    Duration PATIENT = Duration.ofSeconds(10);

    @Test
    default void issuesForAKeyThatIsProven() throws Exception {
        KeyPair key = TestRequests.ec("secp256r1");
        IssuedCertificate issued = authority().issue(TestRequests.seal(TestRequests.newId(), key));
        X509Certificate certificate = issued.certificate();
        assertThat(certificate.getPublicKey()).isEqualTo(key.getPublic());
        assertThat(certificate.getSubjectX500Principal()).isEqualTo(TestRequests.subject("Sở Nội vụ"));
        assertThat(certificate.getKeyUsage()).startsWith(true, true, false);
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getNotAfter().toInstant()).isBetween(Instant.now().plus(Duration.ofDays(729)), Instant.now().plus(Duration.ofDays(731)));
        assertThat(issued.authorities()).hasSize(2);
        certificate.verify(issued.authorities().getFirst().getPublicKey());
        issued.authorities().getFirst().verify(issued.authorities().getLast().getPublicKey());
    }

    @Test
    default void issuesForEveryKindOfKeyThatIsStrong() throws Exception {
        for (KeyPair key : List.of(TestRequests.rsa(3072, RSAKeyGenParameterSpec.F4), TestRequests.ec("secp384r1"))) {
            assertThat(authority().issue(TestRequests.seal(TestRequests.newId(), key)).certificate().getPublicKey()).isEqualTo(key.getPublic());
        }
        KeyPair pss = TestRequests.rsa(3072, RSAKeyGenParameterSpec.F4);
        assertThat(authority().issue(TestRequests.withKey(TestRequests.any(), TestRequests.pkcs10(pss, "SHA256withRSAandMGF1"))).certificate().getPublicKey())
            .isEqualTo(pss.getPublic());
    }

    @Test
    default void namesAPersonsMailAddresses() throws Exception {
        CertificateRequest request = TestRequests.any();
        X509Certificate certificate = authority().issue(new CertificateRequest(request.id(), "person-signing", TestRequests.subject("Trần Thị B"),
            List.of("b@city.example", "tran.b@city.example"), request.pkcs10(), "backbone")).certificate();
        assertThat(certificate.getSubjectAlternativeNames().stream().map(name -> String.valueOf(name.get(1))))
            .containsExactly("b@city.example", "tran.b@city.example");
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.36", "1.3.6.1.5.5.7.3.4");
    }

    @Test
    default void answersARepeatedRequestWithTheSameCertificate() throws Exception {
        KeyPair key = TestRequests.ec("secp256r1");
        CertificateRequest request = TestRequests.seal(TestRequests.newId(), key);
        X509Certificate first = authority().issue(request).certificate();
        assertThat(authority().issue(request).certificate()).isEqualTo(first);
        assertThat(authority().issue(TestRequests.withKey(request, TestRequests.pkcs10(key))).certificate()).as("signed anew by the same key").isEqualTo(first);
    }

    @Test
    default void issuesOnceHoweverManyAskAtTheSameTime() throws Exception {
        CertificateRequest request = TestRequests.any();
        Set<X509Certificate> certificates = new HashSet<>(inParallel(16, () -> authority().issue(request).certificate()));
        assertThat(certificates).hasSize(1);
    }

    @Test
    default void refusesTheSameIdForAnotherRequest() throws Exception {
        CertificateRequest request = TestRequests.any();
        authority().issue(request);
        assertRefused(Kind.CONFLICT, () -> authority().issue(TestRequests.withSubject(request, TestRequests.subject("Sở Y tế"))));
        assertRefused(Kind.CONFLICT, () -> authority().issue(TestRequests.withKey(request, TestRequests.any().pkcs10())));
    }

    @Test
    default void refusesAKeyThatIsNotProven() throws Exception {
        KeyPair one = TestRequests.ec("secp256r1");
        KeyPair other = TestRequests.ec("secp256r1");
        byte[] unproven = TestRequests.pkcs10(new KeyPair(one.getPublic(), other.getPrivate()));
        assertRefused(Kind.MALFORMED_REQUEST, () -> authority().issue(TestRequests.withKey(TestRequests.any(), unproven)));
        assertRefused(Kind.MALFORMED_REQUEST, () -> authority().issue(TestRequests.withKey(TestRequests.any(), TestRequests.pkcs10(one, "SHA1withECDSA"))));
    }

    @Test
    default void refusesWeakKeys() throws Exception {
        for (KeyPair weak : List.of(TestRequests.rsa(2048, RSAKeyGenParameterSpec.F4), TestRequests.rsa(3072, BigInteger.valueOf(3)), TestRequests.ec("secp521r1"))) {
            assertRefused(Kind.MALFORMED_REQUEST, () -> authority().issue(TestRequests.withKey(TestRequests.any(), TestRequests.pkcs10(weak))));
        }
    }

    @Test
    default void refusesAKeyOfAnotherSubject() throws Exception {
        CertificateRequest request = TestRequests.any();
        authority().issue(request);
        CertificateRequest again = new CertificateRequest(TestRequests.newId(), request.profile(), request.subject(), List.of(), request.pkcs10(), "backbone");
        authority().issue(again);
        assertRefused(Kind.MALFORMED_REQUEST, () -> authority().issue(new CertificateRequest(TestRequests.newId(), request.profile(),
            TestRequests.subject("Sở Y tế"), List.of(), request.pkcs10(), "backbone")));
    }

    @Test
    default void refusesWhatTheProfileDoesNotAllow() throws Exception {
        CertificateRequest good = TestRequests.any();
        List<CertificateRequest> bad = List.of(
            new CertificateRequest(good.id(), "root", good.subject(), List.of(), good.pkcs10(), "backbone"),
            new CertificateRequest("../" + good.id(), good.profile(), good.subject(), List.of(), good.pkcs10(), "backbone"),
            new CertificateRequest(good.id(), good.profile(), good.subject(), List.of("nobody"), good.pkcs10(), "backbone"),
            new CertificateRequest(good.id(), good.profile(), good.subject(), List.of(), good.pkcs10(), ""),
            new CertificateRequest(good.id(), good.profile(), good.subject(), List.of(), new byte[0], "backbone"),
            new CertificateRequest(good.id(), good.profile(), good.subject(), List.of(), new byte[9000], "backbone"),
            TestRequests.withSubject(good, new X500Principal("OU=so-noi-vu,O=Thành phố mẫu,C=VN")),
            TestRequests.withSubject(good, new X500Principal("CN=a,C=US")),
            TestRequests.withSubject(good, new X500Principal("CN=a,CN=b,C=VN")),
            TestRequests.withSubject(good, new X500Principal("CN=a+O=b,C=VN")),
            TestRequests.withSubject(good, new X500Principal("CN=" + "a".repeat(65) + ",C=VN")),
            TestRequests.withSubject(good, new X500Principal("CN=a\u202Eb,C=VN")),
            TestRequests.withSubject(good, new X500Principal("CN=a,DC=example,C=VN")));
        for (CertificateRequest request : bad) {
            assertRefused(Kind.MALFORMED_REQUEST, () -> authority().issue(request));
        }
        authority().issue(good);
    }

    @Test
    default void revokesForGood() throws Exception {
        BigInteger serial = authority().issue(TestRequests.any()).certificate().getSerialNumber();
        Instant before = Instant.now().minusSeconds(1);
        CertificateStatus first = authority().revoke(serial, RevocationReason.KEY_COMPROMISE, "admin");
        Revocation revocation = first.revocation().orElseThrow();
        assertThat(revocation.reason()).isEqualTo(RevocationReason.KEY_COMPROMISE);
        assertThat(revocation.time()).isBetween(before, Instant.now());
        assertThat(authority().revoke(serial, RevocationReason.SUPERSEDED, "admin")).as("the first one stays").isEqualTo(first);
        assertThat(status().changesAfter(first.change() - 1, 1, NOW)).containsExactly(first);
        X509CRLEntry entry = crl(issuer()).getRevokedCertificate(serial);
        assertThat(entry.getRevocationReason()).isEqualTo(CRLReason.KEY_COMPROMISE);
        assertThat(entry.getRevocationDate().toInstant()).isEqualTo(revocation.time());
    }

    @Test
    default void answersOneRevocationHoweverManyAskAtTheSameTime() throws Exception {
        BigInteger serial = authority().issue(TestRequests.any()).certificate().getSerialNumber();
        Set<CertificateStatus> statuses = new HashSet<>(inParallel(8, () -> authority().revoke(serial, RevocationReason.SUPERSEDED, "admin")));
        assertThat(statuses).hasSize(1);
    }

    @Test
    default void knowsNothingOfASerialThatWasNeverIssued() {
        assertRefused(Kind.NOT_FOUND, () -> authority().revoke(BigInteger.valueOf(4711), RevocationReason.SUPERSEDED, "admin"));
    }

    @Test
    default void namesEveryRevocationInItsCrl() throws Exception {
        long number = crlNumber(crl(issuer()));
        List<BigInteger> revoked = inParallel(20, () -> {
            BigInteger serial = authority().issue(TestRequests.any()).certificate().getSerialNumber();
            authority().revoke(serial, RevocationReason.UNSPECIFIED, "admin");
            assertThat(crl(issuer()).getRevokedCertificate(serial)).as("once it is answered").isNotNull();
            return serial;
        });
        X509CRL crl = crl(issuer());
        assertThat(revoked).allMatch(serial -> crl.getRevokedCertificate(serial) != null);
        assertThat(crlNumber(crl)).isGreaterThan(number);
        assertThat(crl.getNextUpdate().toInstant()).isAfter(Instant.now().plus(Duration.ofDays(6)));
        crl.verify(authority().issue(TestRequests.any()).authorities().getFirst().getPublicKey());
    }

    @Test
    default void hasACrlOfTheRootAndNoneOfOthers() throws Exception {
        crl("root").verify(authority().issue(TestRequests.any()).authorities().getLast().getPublicKey());
        assertRefused(Kind.NOT_FOUND, () -> status().crl("internal"));
        assertRefused(Kind.NOT_FOUND, () -> status().crl("somebody"));
    }

    @Test
    default void tellsOfNewCertificatesToWhomWaits() throws Exception {
        long last = lastChange();
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<List<CertificateStatus>> waiting = threads.submit(() -> status().changesAfter(last, 10, PATIENT));
            Thread.sleep(300);
            assertThat(waiting).as("nothing has happened yet").isNotDone();
            BigInteger serial = authority().issue(TestRequests.any()).certificate().getSerialNumber();
            assertThat(waiting.get()).singleElement().satisfies(status -> {
                assertThat(status.serial()).isEqualTo(serial);
                assertThat(status.issuer()).isEqualTo(issuer());
                assertThat(status.revocation()).isEmpty();
            });
        }
    }

    @Test
    default void answersNothingWhereNothingHappens() {
        long last = lastChange();
        Instant begun = Instant.now();
        assertThat(status().changesAfter(last, 10, Duration.ofSeconds(2))).isEmpty();
        assertThat(Duration.between(begun, Instant.now())).isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
        assertThat(status().changesAfter(last, 10, NOW)).isEmpty();
    }

    @Test
    default void findsWhatItIssued() throws Exception {
        CertificateSearch search = capability(CertificateSearch.class);
        String name = "Sở Tìm kiếm " + TestRequests.newId();
        List<IssuedCertificate> issued = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            issued.add(authority().issue(TestRequests.withSubject(TestRequests.any(), TestRequests.subject(name))));
        }
        X509Certificate one = issued.getFirst().certificate();
        Query byName = Query.ALL.subject(name.substring(3));
        assertThat(all(search, byName, 2)).as("by pages").containsExactlyInAnyOrderElementsOf(issued.stream().map(IssuedCertificate::certificate).toList());
        assertThat(search.find(Query.ALL.serial(one.getSerialNumber()), 10, Optional.empty()).found()).singleElement().satisfies(found -> {
            assertThat(found.certificate()).isEqualTo(one);
            assertThat(found.profile()).isEqualTo("agency-seal");
            assertThat(found.actor()).isEqualTo("backbone");
            assertThat(found.status().revocation()).isEmpty();
        });
        authority().revoke(one.getSerialNumber(), RevocationReason.SUPERSEDED, "admin");
        assertThat(all(search, byName.state(State.REVOKED), 10)).containsExactly(one);
        assertThat(all(search, byName.state(State.GOOD), 10)).hasSize(4).doesNotContain(one);
        assertThat(all(search, byName.state(State.EXPIRED), 10)).isEmpty();
        Instant end = one.getNotAfter().toInstant();
        assertThat(all(search, byName.ends(end, end.plusSeconds(1)), 10)).contains(one);
        assertThat(all(search, byName.ends(end.minus(Duration.ofDays(30)), end.minus(Duration.ofDays(1))), 10)).isEmpty();
        assertThat(all(search, Query.ALL.subject("%"), 10)).as("no pattern").isEmpty();
        assertRefused(Kind.MALFORMED_REQUEST, () -> search.find(Query.ALL, 10, Optional.of("' or true --")));
    }

    /** Over all pages. */
    private static List<X509Certificate> all(CertificateSearch search, Query query, int limit) {
        List<X509Certificate> all = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Page page = search.find(query, limit, after);
            assertThat(page.found()).hasSizeLessThanOrEqualTo(limit);
            page.found().forEach(found -> all.add(found.certificate()));
            after = page.next();
        } while (after.isPresent());
        return all;
    }

    /** A reader that goes on from the last number it saw has seen each one. */
    @Test
    default void leavesNothingOutUnderParallelIssuing() throws Exception {
        long start = lastChange();
        Set<BigInteger> seen = new HashSet<>();
        try (ExecutorService reader = Executors.newSingleThreadExecutor()) {
            Future<?> reading = reader.submit(() -> {
                long last = start;
                while (seen.size() < 100) {
                    List<CertificateStatus> changes = status().changesAfter(last, 7, PATIENT);
                    assertThat(changes).isNotEmpty().hasSizeLessThanOrEqualTo(7);
                    for (CertificateStatus change : changes) {
                        assertThat(change.change()).isGreaterThan(last);
                        last = change.change();
                        seen.add(change.serial());
                    }
                }
            });
            List<BigInteger> issued = inParallel(100, () -> authority().issue(TestRequests.any()).certificate().getSerialNumber());
            reading.get();
            assertThat(seen).containsExactlyInAnyOrderElementsOf(issued);
        }
    }

    private long lastChange() {
        long last = 0;
        while (true) {
            List<CertificateStatus> changes = status().changesAfter(last, 1000, NOW);
            if (changes.isEmpty()) {
                return last;
            }
            last = changes.getLast().change();
        }
    }

    private X509CRL crl(String issuer) throws Exception {
        return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(status().crl(issuer)));
    }

    private static long crlNumber(X509CRL crl) {
        byte[] value = crl.getExtensionValue("2.5.29.20"); // an OCTET STRING with an INTEGER
        return new BigInteger(value, 4, value.length - 4).longValueExact();
    }

    static void assertRefused(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.kind()).isEqualTo(kind);
            assertThat(problem.detail()).doesNotContain("Exception", "java.", "antin.").isNotBlank();
        });
    }

    static void assertUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Kind.PEER_UNAVAILABLE));
    }

    private static <T> List<T> inParallel(int times, Callable<T> call) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (Future<T> future : threads.invokeAll(Collections.nCopies(times, call))) {
                results.add(future.get());
            }
        }
        return results;
    }
}
