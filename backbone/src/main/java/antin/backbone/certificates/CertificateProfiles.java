package antin.backbone.certificates;

import antin.ca.CertificateSearch;
import antin.ca.CertificateSearch.Query;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * For which use a certificate was issued, which it does not say itself: {@code person-login} and {@code tls-client} differ in nothing else. Asks the copy of what was issued, and the ledger for
 * what is too new for that. Safe for use by many threads.
 */
public final class CertificateProfiles {

    private final JdbcClient database;
    private final Optional<CertificateSearch> ledger;

    /** @param ledger of the authority that answers for all that it issued; empty where the copy must do */
    public CertificateProfiles(DataSource database, Optional<CertificateSearch> ledger) {
        this.database = JdbcClient.create(database);
        this.ledger = ledger;
    }

    /** Empty where nobody knows it. Throws {@link antin.kernel.Problem} PEER_UNAVAILABLE where only an authority that is away could tell. */
    public Optional<String> of(X509Certificate certificate) {
        return database.sql("SELECT profile FROM enrolled_certificate WHERE serial = ? AND issuer = ?")
            .params(certificate.getSerialNumber().toString(16), certificate.getIssuerX500Principal().getName()).query(String.class).optional()
            .or(() -> ledger.flatMap(authority -> authority.find(Query.ALL.serial(certificate.getSerialNumber()), 1, Optional.empty()).found().stream()
                .filter(found -> found.certificate().equals(certificate)).map(CertificateSearch.Found::profile).findFirst()));
    }
}
