package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.math.BigInteger;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;

/**
 * What every adapter keeps, whatever it can do. What it can besides is a contract of its own for each {@link Capability}; an adapter's test names its capabilities and
 * implements exactly their contracts.
 */
public interface CertificateAuthorityContract {

    CertificateAuthority authority();

    /** All that this adapter can do. */
    Set<Capability> capabilities();

    /** A wish as somebody who knows this adapter writes it. */
    default CertificateRequest wish(String id, String profile, X500Principal subject, List<String> emails, KeyPair key) throws Exception {
        return new CertificateRequest(id, profile, subject, emails, TestRequests.pkcs10(key), "backbone");
    }

    /** Of an agency that exists, with a key and an id that nobody had. */
    default CertificateRequest any() throws Exception {
        return wish(TestRequests.newId(), "agency-seal", TestRequests.subject("Sở Nội vụ"), List.of(), TestRequests.ec("secp256r1"));
    }

    /** The short name of the authority that signs {@link #any()}. */
    default String issuer() {
        return "agencies";
    }

    @Test
    default void claimsWhatItCanAndNothingElse() {
        Capability.check(authority(), capabilities(), getClass());
    }

    @Test
    default void knowsNothingOfASerialThatWasNeverIssued() {
        assertRefused(Kind.NOT_FOUND, () -> authority().revoke(BigInteger.valueOf(4711), RevocationReason.SUPERSEDED, "admin"));
    }

    @Test
    default void wantsToKnowWhoRevokes() {
        assertRefused(Kind.MALFORMED_REQUEST, () -> authority().revoke(BigInteger.valueOf(4711), RevocationReason.SUPERSEDED, ""));
    }

    /** What an authority can do besides. */
    default <T> T capability(Class<T> type) {
        return type.cast(authority());
    }

    default StatusSource status() {
        return capability(StatusSource.class);
    }

    /** Without their order, which some authorities choose themselves. */
    static Set<String> parts(X500Principal name) {
        return Stream.of(X500Name.getInstance(name.getEncoded()).getRDNs()).map(rdn -> new X500Name(new RDN[] {rdn}).toString()).collect(Collectors.toSet());
    }

    static void assertRefused(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.kind()).as(problem.detail()).isEqualTo(kind);
            assertThat(problem.detail()).doesNotContain("Exception", "java.", "antin.").isNotBlank();
        });
    }

    static void assertUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Kind.PEER_UNAVAILABLE));
    }

    static <T> List<T> inParallel(int times, Callable<T> call) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (Future<T> future : threads.invokeAll(Collections.nCopies(times, call))) {
                results.add(future.get());
            }
        }
        return results;
    }
}
