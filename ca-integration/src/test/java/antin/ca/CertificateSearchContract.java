package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;

import antin.ca.CertificateAuthority.IssuedCertificate;
import antin.ca.CertificateSearch.Page;
import antin.ca.CertificateSearch.Query;
import antin.ca.CertificateSearch.State;
import antin.kernel.Problem.Kind;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Finding what was issued. */
public interface CertificateSearchContract extends RevokingContract {

    @Test
    default void findsWhatItIssued() throws Exception {
        CertificateSearch search = capability(CertificateSearch.class);
        String name = "Sở Tìm kiếm " + TestRequests.newId();
        List<IssuedCertificate> issued = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            issued.add(authority().issue(wish(TestRequests.newId(), "agency-seal", TestRequests.subject(name), List.of(), TestRequests.ec("secp256r1"))));
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
        CertificateAuthorityContract.assertRefused(Kind.MALFORMED_REQUEST, () -> search.find(Query.ALL, 10, Optional.of("' or true --")));
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
}
