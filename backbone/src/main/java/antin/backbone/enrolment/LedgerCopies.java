package antin.backbone.enrolment;

import antin.backbone.certificates.SubjectNames;
import antin.ca.CertificateSearch;
import antin.ca.CertificateSearch.Found;
import antin.ca.enrol.RequestId;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Certificates that our authority issued and nobody asked for through these pages: the sample city's, the installation's own, and those of before. Each is looked up once, when the copy of the
 * statuses has it, and kept beside the others, so that it is found, told of before it ends, and revoked like them. For one thread.
 */
public final class LedgerCopies {

    private record Seen(long change, String serial, boolean known) {
    }

    private static final int AT_ONCE = 200;

    private final JdbcClient database;
    private final EnrolledRows rows;
    private final CertificateSearch ledger;
    private final Map<String, X509Certificate> authorities;
    private long change;

    /** @param authorities by their short names, the root too */
    public LedgerCopies(JdbcClient database, EnrolledRows rows, CertificateSearch ledger, Map<String, X509Certificate> authorities) {
        this.database = database;
        this.rows = rows;
        this.ledger = ledger;
        this.authorities = Map.copyOf(authorities);
    }

    /** What is new since the last time, some at once. Throws {@link antin.kernel.Problem} where the authority is away. */
    public void work() {
        rows.foldThoseOfBefore();
        // internal: the processes' own, which no search tells of
        List<Seen> next = database.sql("""
                SELECT s.change, s.serial, EXISTS (SELECT 1 FROM enrolled_certificate c WHERE c.serial = s.serial) AS known
                FROM certificate_status s WHERE s.change > ? AND s.issuer <> 'internal' ORDER BY s.change LIMIT ?
                """)
            .params(change, AT_ONCE).query((row, number) -> new Seen(row.getLong(1), row.getString(2), row.getBoolean(3))).list();
        for (Seen seen : next) {
            if (!seen.known) {
                ledger.find(CertificateSearch.Query.ALL.serial(new BigInteger(seen.serial, 16)), 1, Optional.empty()).found().forEach(this::keep);
            }
            change = seen.change;
        }
    }

    private void keep(Found found) {
        Optional<CertificateKind> kind = CertificateKind.of(found.profile());
        if (kind.isEmpty()) {
            return;
        }
        X509Certificate certificate = found.certificate();
        String subject = certificate.getSubjectX500Principal().getName();
        // The id that its key has here: where somebody asked for the same key, the row is there, and has or gets its answer by itself
        rows.keep(UUID.randomUUID(), RequestId.ofKey(kind.get().word(), certificate.getPublicKey()), owner(kind.get(), subject), kind.get(), subject, found.actor(),
            Enrolled.Issued.of(certificate, above(certificate)));
    }

    private static Owner owner(CertificateKind kind, String subject) {
        String number = SubjectNames.part(subject, "UID");
        if (!number.isEmpty()) {
            return Owner.person(number);
        }
        String unit = SubjectNames.part(subject, "OU");
        return kind == CertificateKind.AGENCY_SEAL || kind.isForMail() && !unit.isEmpty() ? Owner.unit(unit) : Owner.system(SubjectNames.commonName(subject));
    }

    private List<X509Certificate> above(X509Certificate certificate) {
        List<X509Certificate> chain = new ArrayList<>();
        X509Certificate last = certificate;
        while (!last.getIssuerX500Principal().equals(last.getSubjectX500Principal())) {
            String issuer = last.getIssuerX500Principal().getName();
            Optional<X509Certificate> next = authorities.values().stream().filter(one -> one.getSubjectX500Principal().getName().equals(issuer) && !chain.contains(one)).findFirst();
            if (next.isEmpty()) {
                break;
            }
            chain.add(next.get());
            last = next.get();
        }
        return chain;
    }
}
