package antin.ca.embedded;

import antin.ca.CertificateAuthority.IssuedCertificate;
import antin.ca.CertificateRequest;
import antin.ca.authority.Authority;
import antin.ca.ledger.ChangeNumbers;
import antin.ca.ledger.Intent;
import antin.ca.ledger.Ledger;
import antin.ca.ledger.Ledger.Standing;
import antin.ca.request.CheckedRequest;
import antin.ca.request.RequestRules;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import io.micrometer.core.instrument.Counter;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.security.auth.x500.X500Principal;

/** From a wish to a certificate, once for each id. */
final class IssueOnRequest {

    private static final long PATIENCE_SECONDS = 15;

    /** A wish that is being met now. */
    private record Flight(byte[] content, CompletableFuture<IssuedCertificate> answer) {
    }

    private final List<Authority> authorities;
    private final Ledger ledger;
    private final ChangeNumbers numbers;
    private final Settling settling;
    private final AuditLog audit;
    private final Clock clock;
    private final Counter issued;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Flight> flights = new ConcurrentHashMap<>();

    /** @param authorities the one first that signs where the right one is not made yet */
    IssueOnRequest(List<Authority> authorities, Ledger ledger, ChangeNumbers numbers, Settling settling, AuditLog audit, Clock clock, Counter issued) {
        this.authorities = List.copyOf(authorities);
        this.ledger = ledger;
        this.numbers = numbers;
        this.settling = settling;
        this.audit = audit;
        this.clock = clock;
        this.issued = issued;
    }

    IssuedCertificate issue(CertificateRequest unchecked) {
        // Step 1: everything that can be refused without a trace
        CheckedRequest checked = RequestRules.check(unchecked);
        Flight mine = new Flight(checked.content(), new CompletableFuture<>());
        Flight other = flights.putIfAbsent(checked.id(), mine);
        if (other != null) {
            return join(checked, other);
        }
        try {
            meet(checked, mine);
        } catch (GeneralSecurityException | RuntimeException e) {
            crash(checked, mine, e);
        }
        return join(checked, mine);
    }

    private static IssuedCertificate join(CheckedRequest checked, Flight flight) {
        if (!Arrays.equals(flight.content, checked.content())) {
            throw new Problem(Kind.CONFLICT, "The id " + checked.id() + " was used for another request.");
        }
        try {
            return flight.answer.copy().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Problem problem) {
                throw problem;
            }
            throw new Problem(Kind.PEER_UNAVAILABLE, "The ledger does not answer.", e);
        }
    }

    private void meet(CheckedRequest checked, Flight flight) throws GeneralSecurityException {
        // Step 2: the intent, committed; from here on the ledger knows the serial
        BigInteger fresh = Authority.newSerial(random);
        X500Principal subject = checked.request().subject();
        Authority authority = authority(one -> one.name().equals(checked.issuer()));
        Standing standing = ledger.begin(new Intent(fresh, checked.id(), checked.content(), authority.name(), checked.request().profile().name(),
            subject.getName(), subject.getName(X500Principal.CANONICAL), checked.keySha256(), checked.actor(), clock.instant()));
        if (standing instanceof Standing.Issued known) {
            land(checked, flight, parse(known.der()));
            return;
        }
        BigInteger serial = standing instanceof Standing.Open open ? open.serial() : fresh;
        // Step 3: the audit's line before
        audit.record(event("begun", checked, Map.of("id", checked.id(), "profile", checked.request().profile().name(), "subject", subject.getName(),
            "issuer", authority.name(), "serial", serial.toString(16))));
        try {
            // Step 4: the signature
            X509Certificate certificate = authority.sign(checked.request(), serial, clock.instant());
            byte[] der = certificate.getEncoded();
            // Step 5: the certificate, committed before anybody sees it
            long change = numbers.take();
            settling.settle(() -> ledger.store(serial, authority.name(), der, certificate.getNotAfter().toInstant(), change), stored -> {
                numbers.settle(change);
                finish(checked, flight, certificate, der, stored);
            });
        } catch (GeneralSecurityException | RuntimeException e) {
            audit.record(event("failed", checked, Map.of("id", checked.id(), "serial", serial.toString(16))));
            throw e;
        }
    }

    private void finish(CheckedRequest checked, Flight flight, X509Certificate certificate, byte[] der, boolean stored) {
        try {
            if (!stored) {
                throw new Problem(Kind.INTERNAL, "Another process abandoned the intent; the certificate is thrown away.");
            }
            // Step 6: the audit's line after; only now the answer
            audit.record(event("done", checked, Map.of("id", checked.id(), "serial", certificate.getSerialNumber().toString(16), "sha256", sha256(der))));
            issued.increment();
            land(checked, flight, certificate);
        } catch (RuntimeException e) {
            crash(checked, flight, e);
        }
    }

    private void land(CheckedRequest checked, Flight flight, X509Certificate certificate) {
        flights.remove(checked.id(), flight);
        // A certificate of before may be another authority's than one that is asked for now
        Authority signer = authority(one -> one.certificate().getSubjectX500Principal().equals(certificate.getIssuerX500Principal()));
        flight.answer.complete(new IssuedCertificate(certificate, signer.chain()));
    }

    private Authority authority(Predicate<Authority> wanted) {
        return authorities.stream().filter(wanted).findFirst().orElse(authorities.getFirst());
    }

    private void crash(CheckedRequest checked, Flight flight, Exception e) {
        flights.remove(checked.id(), flight);
        flight.answer.completeExceptionally(e instanceof Problem problem ? problem : new Problem(Kind.INTERNAL, "The certificate cannot be made.", e));
    }

    private static String sha256(byte[] der) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static AuditEvent event(String outcome, CheckedRequest checked, Map<String, String> details) {
        return new AuditEvent("certificate.issue", outcome, checked.actor(), "ca", details);
    }

    private static X509Certificate parse(byte[] der) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The ledger holds what is no certificate", e);
        }
    }
}
