package antin.ca.external;

import antin.ca.CertificateAuthority;
import antin.ca.CertificateRequest;
import antin.ca.CertificateStatus;
import antin.ca.RevocationReason;
import antin.ca.external.OutsideRequests.Wish;
import antin.ca.request.RequestRules;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.math.BigInteger;
import java.time.Clock;
import java.util.Optional;

/** The outside authorities as far as this side can do something: it issues nothing, and a revocation is a request that people sign, send and follow. */
public final class ExternalCertificateAuthority implements CertificateAuthority {

    private final Registrations registrations;
    private final OutsideRequests requests;
    private final Clock clock;

    public ExternalCertificateAuthority(Registrations registrations, OutsideRequests requests, Clock clock) {
        this.registrations = registrations;
        this.requests = requests;
        this.clock = clock;
    }

    /** Refuses, and tells the way. */
    @Override
    public IssuedCertificate issue(CertificateRequest request) {
        throw new Problem(Kind.NOT_ALLOWED, "An outside authority issues its certificates itself, on its own tokens. Ask it for one, then register it here by signing a challenge.");
    }

    /** Opens a request that is followed to its end, or finds the one that is open. The answer has no revocation: that is the outside authority's to make. */
    @Override
    public CertificateStatus revoke(BigInteger serial, RevocationReason reason, String actor) {
        RequestRules.checkActor(actor);
        Registered certificate = registrations.findSerial(serial.toString(16)).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "No certificate with this serial is registered here."));
        requests.prepare(certificate, Wish.REVOKE, reason.word(), actor, id -> new RequestLetter(id, Wish.REVOKE, reason.word(), title(certificate), "", "", certificate.owner(), clock.instant()).write(certificate));
        return new CertificateStatus(0, certificate.authority(), serial, certificate.notAfter(), Optional.empty());
    }

    private String title(Registered certificate) {
        return registrations.authorities().stream().filter(one -> one.name().equals(certificate.authority())).map(OutsideAuthority::title).findFirst().orElse(certificate.authority());
    }

    @Override
    public void close() {
        registrations.close();
    }
}
