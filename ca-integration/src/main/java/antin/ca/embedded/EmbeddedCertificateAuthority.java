package antin.ca.embedded;

import antin.ca.CertificateAuthority;
import antin.ca.CertificateHold;
import antin.ca.CertificateRequest;
import antin.ca.CertificateSearch;
import antin.ca.CertificateStatus;
import antin.ca.RevocationReason;
import antin.ca.StatusSource;
import antin.ca.authority.Authority;
import antin.ca.authority.AuthorityFiles;
import antin.ca.bootstrap.IssuedFolder;
import antin.ca.ledger.ChangeNumbers;
import antin.ca.ledger.CrlStore;
import antin.ca.ledger.CrlStore.Crl;
import antin.ca.ledger.CrlStore.DeltaCrl;
import antin.ca.ledger.Ledger;
import antin.ca.ledger.LedgerDatabase;
import antin.ca.ledger.LedgerSearch;
import antin.ca.ledger.LedgerStart;
import antin.ca.request.RequestRules;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The authority with its keys in this process and its ledger in PostgreSQL. One process only writes to a ledger. */
public final class EmbeddedCertificateAuthority implements CertificateAuthority, CertificateHold, StatusSource, CertificateSearch {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCertificateAuthority.class);
    private static final int LOOK_MINUTES = 1;

    private final Ledger ledger;
    private final LedgerSearch search;
    private final CrlStore crlStore;
    private final ChangeNumbers numbers;
    private final TakeOverIssued takeOver;
    private final Settling settling = new Settling();
    private final Map<String, CrlPublisher> crls = new HashMap<>();
    private final IssueOnRequest issue;
    private final RevokeCertificate revoke;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("crl").factory());

    private EmbeddedCertificateAuthority(LedgerDatabase database, ChangeNumbers numbers, TakeOverIssued takeOver, AuthorityFiles files, AuditLog audit, MeterRegistry metrics, Clock clock) {
        this.ledger = new Ledger(database);
        this.search = new LedgerSearch(database, clock);
        this.crlStore = new CrlStore(database);
        this.numbers = numbers;
        this.takeOver = takeOver;
        List<Authority> issuing = files.readAllIssuing();
        issuing.forEach(one -> addCrl(one, audit, metrics, clock));
        if (files.root().exists()) {
            addCrl(files.readRoot(), audit, metrics, clock);
        } else {
            LOG.info("The root's key lies elsewhere: its CRL stays as it is, and nothing that it signed can be revoked here");
        }
        this.issue = new IssueOnRequest(issuing, ledger, numbers, settling, audit, clock, metrics.counter("antin.ca.issued"));
        this.revoke = new RevokeCertificate(ledger, crls, numbers, settling, audit, clock, metrics);
    }

    /** Closes what a crash left open, enters what the bootstrap signed, brings the CRLs up to date, and is ready. */
    public static EmbeddedCertificateAuthority start(LedgerDatabase database, AuthorityFiles files, IssuedFolder issued, AuditLog audit,
                                                     MeterRegistry metrics, Clock clock) throws IOException, GeneralSecurityException {
        LedgerStart start = new LedgerStart(database);
        for (BigInteger serial : start.abandonOpenIntents()) {
            audit.record(new AuditEvent("certificate.issue", "abandoned", "ca", "ca", Map.of("serial", serial.toString(16))));
        }
        ChangeNumbers numbers = new ChangeNumbers(start.lastChange());
        TakeOverIssued takeOver = new TakeOverIssued(start, numbers, audit);
        takeOver.from(issued);
        start.markCompromisedKeys();
        EmbeddedCertificateAuthority authority = new EmbeddedCertificateAuthority(database, numbers, takeOver, files, audit, metrics, clock);
        try {
            authority.crls.values().forEach(CrlPublisher::renew);
        } catch (RuntimeException e) {
            authority.close();
            throw e;
        }
        var unused = authority.timer.scheduleWithFixedDelay(authority::renewCrls, LOOK_MINUTES, LOOK_MINUTES, TimeUnit.MINUTES);
        return authority;
    }

    /** Enters what this process itself signed outside the ledger, such as its listeners' certificates. */
    public void takeOver(IssuedFolder issued) throws IOException, GeneralSecurityException {
        takeOver.from(issued);
    }

    private void addCrl(Authority authority, AuditLog audit, MeterRegistry metrics, Clock clock) {
        CrlPublisher crl = new CrlPublisher(authority, ledger, crlStore, audit, clock);
        crls.put(authority.name(), crl);
        TimeGauge.builder("antin.ca.crl.age", () -> Duration.between(crl.signedAt(), clock.instant()).toSeconds(), TimeUnit.SECONDS)
            .tag("issuer", authority.name()).register(metrics);
    }

    private void renewCrls() {
        for (CrlPublisher crl : crls.values()) {
            try {
                crl.renew();
            } catch (RuntimeException e) {
                LOG.error("A CRL could not be looked after; it is tried again in a minute", e);
            }
        }
    }

    @Override
    public IssuedCertificate issue(CertificateRequest request) {
        return issue.issue(request);
    }

    @Override
    public CertificateStatus revoke(BigInteger serial, RevocationReason reason, String actor) {
        RequestRules.checkActor(actor);
        return revoke.revoke(serial, reason, actor);
    }

    @Override
    public CertificateStatus hold(BigInteger serial, String actor) {
        RequestRules.checkActor(actor);
        return revoke.hold(serial, actor);
    }

    @Override
    public CertificateStatus release(BigInteger serial, String actor) {
        RequestRules.checkActor(actor);
        return revoke.release(serial, actor);
    }

    @Override
    public List<CertificateStatus> changesAfter(long change, int limit, Duration patience) {
        Instant end = Instant.now().plus(patience);
        while (true) {
            long below = numbers.settledBelow();
            List<CertificateStatus> changes = below - 1 > change ? ledger.changes(change, below, limit) : List.of();
            if (!changes.isEmpty() || !numbers.awaitAbove(below, Duration.between(Instant.now(), end))) {
                return changes;
            }
        }
    }

    @Override
    public byte[] crl(String issuer) {
        Optional<byte[]> der = issuer.endsWith(StatusSource.DELTA) ? crlStore.lastDelta(issuer.substring(0, issuer.length() - StatusSource.DELTA.length())).map(DeltaCrl::der)
            : crlStore.last(issuer).map(Crl::der);
        return der.orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no CRL of " + issuer + "."));
    }

    @Override
    public Page find(Query query, int limit, Optional<String> after) {
        return search.find(query, limit, after);
    }

    /** Ends what waits; the ledger stays open, since it came from outside. */
    @Override
    public void close() {
        timer.shutdownNow();
        settling.close();
        numbers.close();
    }
}
