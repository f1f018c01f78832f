package antin.backbone.ejbca;

import antin.ca.CertificateAuthority;
import antin.ca.CertificateStatus;
import antin.ca.ejbca.EjbcaCertificateAuthority;
import antin.ca.ejbca.EjbcaJournal;
import antin.ca.ejbca.EjbcaSettings;
import antin.kernel.audit.AuditLog;
import antin.kernel.process.Parts;
import antin.kernel.tls.PemFile;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.sql.DataSource;

/**
 * The parts that talk with EJBCA.
 *
 * @param authority   for all wishes of people: EJBCA's profiles go there, the others to {@code ca}
 * @param statuses    how EJBCA's certificates stand
 * @param authorities whose certificates may log in
 * @param asked       whether a certificate was asked for here: others of that authority may bear any name
 */
public record Ejbca(CertificateAuthority authority, EjbcaStatuses statuses, List<X509Certificate> authorities, Predicate<BigInteger> asked) {

    /** Asks nothing of EJBCA yet: where it is away, people log in all the same. */
    public static Ejbca start(Parts parts, EjbcaSettings settings, CertificateAuthority own, DataSource database, AuditLog audit, MeterRegistry metrics, Clock clock) {
        EjbcaCertificateAuthority ejbca = parts.add(new EjbcaCertificateAuthority(settings, new EjbcaJournal(database), clock));
        EjbcaStatuses statuses = new EjbcaStatuses(ejbca::status, clock);
        parts.add(new FollowEjbca(ejbca, statuses::learn, audit, metrics).start());
        return new Ejbca(new AuthorityByProfile(own, ejbca, audit), statuses, PemFile.certificates(settings.anchorFile()), ejbca::knows);
    }

    /** {@code learn}, and what is remembered of EJBCA. */
    public Consumer<CertificateStatus> learning(Consumer<CertificateStatus> learn) {
        return status -> {
            statuses.learn(status);
            learn.accept(status);
        };
    }
}
