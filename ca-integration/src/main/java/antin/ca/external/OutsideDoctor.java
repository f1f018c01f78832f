package antin.ca.external;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;

/** {@code ./antin doctor external}: of each authority one line a check, with what to do. Asks what registering asks, and registers nothing. */
final class OutsideDoctor {

    /** A check; throws {@link Problem} with what to do. Its answer may be empty. */
    private interface Check {
        String look() throws Problem;
    }

    private static final Duration SOON = Duration.ofDays(30);
    private static final int DIGEST = 32;

    private final PrintStream out;
    private final Clock clock;
    private final Fetch fetch;
    private final OutsideStatus status;
    private boolean well = true;

    OutsideDoctor(PrintStream out, Clock clock, Fetch fetch) {
        this.out = out;
        this.clock = clock;
        this.fetch = fetch;
        this.status = new OutsideStatus(fetch, clock);
    }

    /** Whether nothing was found. */
    boolean examine(List<OutsideAuthority> authorities) {
        authorities.forEach(this::examine);
        return well;
    }

    private void examine(OutsideAuthority authority) {
        out.println("  " + authority.name() + ": " + authority.title());
        authority.anchors().forEach(root -> check("root " + name(root), () -> inTime(root) + ", SHA-256 " + fingerprint(root)));
        authority.between().forEach(one -> check("authority " + name(one), () -> leadsUp(authority, one)));
        List<X509Certificate> told = new ArrayList<>();
        authority.ocsp().ifPresent(address -> check("OCSP " + address, () -> ocsp(address, authority, told)));
        authority.crls().forEach(address -> check("CRL " + address, () -> crl(address, authority, told)));
        // whoever issues must have somebody who tells what was taken back, or nothing below is ever registered
        issuers(authority).filter(issuer -> !told.contains(issuer)).forEach(issuer -> check("revocations of " + name(issuer), () -> {
            throw wrong("Neither OCSP nor a CRL tells them, so that nothing it issued is taken. Add its CRL to external." + authority.name() + ".crl.");
        }));
        authority.timeStamps().ifPresent(address -> check("time stamps " + address, () -> timeStamp(address)));
    }

    private static Stream<X509Certificate> issuers(OutsideAuthority authority) {
        return Stream.concat(authority.anchors().stream(), authority.between().stream());
    }

    private String inTime(X509Certificate certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        if (!end.isAfter(clock.instant())) {
            throw wrong("It ended on " + end + ". Get the new one from its operator, and compare the fingerprint.");
        }
        return (end.isBefore(clock.instant().plus(SOON)) ? "ends soon: " : "until ") + end;
    }

    private String leadsUp(OutsideAuthority authority, X509Certificate one) {
        String time = inTime(one);
        boolean found = issuers(authority).filter(above -> above.getSubjectX500Principal().equals(one.getIssuerX500Principal())).anyMatch(above -> isSignedBy(one, above));
        if (!found) {
            throw wrong("Nobody in external." + authority.name() + ".anchors signed it. Add the certificate of " + one.getIssuerX500Principal().getName() + ", or remove this one.");
        }
        return time;
    }

    private static boolean isSignedBy(X509Certificate one, X509Certificate above) {
        try {
            one.verify(above.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Of a certificate that is there, or of one that never was: every signed answer shows that it works. */
    private String ocsp(URI address, OutsideAuthority authority, List<X509Certificate> told) {
        List<String> names = new ArrayList<>();
        for (X509Certificate issuer : issuers(authority).toList()) {
            BigInteger serial = authority.between().stream().filter(one -> isSignedBy(one, issuer)).map(X509Certificate::getSerialNumber).findFirst().orElse(BigInteger.ONE);
            try {
                status.askOcsp(address, serial, issuer);
                told.add(issuer);
                names.add(name(issuer));
            } catch (OutsideRefusal e) {
                if (e.fault() == OutsideFault.REVOKED && !serial.equals(BigInteger.ONE)) {
                    throw wrong("It says that an authority of " + name(issuer) + " was revoked. Take that certificate out of external." + authority.name() + ".anchors.");
                }
                if (e.fault() == OutsideFault.REVOKED || e.fault() == OutsideFault.NEVER_ISSUED && serial.equals(BigInteger.ONE)) {
                    told.add(issuer);
                    names.add(name(issuer));
                }
            } catch (Exception e) {
                if (e instanceof Problem problem) {
                    throw wrong(problem.detail() + " Correct external." + authority.name() + ".ocsp, or open the way through the firewall.");
                }
            }
        }
        if (names.isEmpty()) {
            throw wrong("It answers, but with no signed word about any configured authority. Correct external." + authority.name() + ".ocsp, or add the authority that issues to the anchors.");
        }
        return "tells of " + String.join(", ", new TreeSet<>(names));
    }

    private String crl(URI address, OutsideAuthority authority, List<X509Certificate> told) {
        X509CRL crl;
        try {
            crl = status.crl(address);
        } catch (GeneralSecurityException e) {
            throw wrong("What lies there is no CRL. Correct external." + authority.name() + ".crl.");
        }
        Optional<X509Certificate> issuer = issuers(authority).filter(one -> one.getSubjectX500Principal().equals(crl.getIssuerX500Principal())).findFirst();
        if (issuer.isEmpty()) {
            throw wrong("It is of " + crl.getIssuerX500Principal().getName() + ", who is not in external." + authority.name() + ".anchors.");
        }
        try {
            status.checkCrl(crl, issuer.get());
        } catch (GeneralSecurityException | OutsideRefusal e) {
            throw wrong(e instanceof OutsideRefusal && e.getCause() != null ? "It does not count: " + e.getCause().getMessage() + ". Ask its operator." : "Its signature is not that authority's. Ask its operator.");
        }
        told.add(issuer.get());
        return "of " + name(issuer.get()) + ", until " + crl.getNextUpdate().toInstant();
    }

    private String timeStamp(URI address) {
        byte[] digest = new byte[DIGEST];
        new SecureRandom().nextBytes(digest); // nothing of anybody's
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        try {
            TimeStampRequest request = generator.generate(NISTObjectIdentifiers.id_sha256, digest, new BigInteger(64, new SecureRandom()));
            TimeStampResponse response = new TimeStampResponse(fetch.post(address, "application/timestamp-query", request.getEncoded()));
            response.validate(request);
            if (response.getTimeStampToken() == null) {
                throw wrong("It refuses to stamp: " + response.getStatusString() + ". Ask its operator whether our address is let in.");
            }
            Instant stamped = response.getTimeStampToken().getTimeStampInfo().getGenTime().toInstant();
            Duration off = Duration.between(stamped, clock.instant()).abs();
            if (off.compareTo(Duration.ofMinutes(1)) > 0) {
                throw wrong("Its time is " + stamped + ", which is " + off.toSeconds() + " s off ours. Look after the clock of this machine first.");
            }
            return "by " + signer(response);
        } catch (TSPException | IOException | GeneralSecurityException e) {
            throw wrong("What it answers is no time stamp (RFC 3161). Correct the address.");
        }
    }

    private static String signer(TimeStampResponse response) throws GeneralSecurityException {
        for (X509CertificateHolder holder : response.getTimeStampToken().getCertificates().getMatches(null)) {
            if (response.getTimeStampToken().getSID().match(holder)) {
                return new JcaX509CertificateConverter().getCertificate(holder).getSubjectX500Principal().getName();
            }
        }
        return "somebody whose certificate it does not show";
    }

    private void check(String what, Check check) {
        try {
            String more = check.look();
            out.println("    ok    " + what + (more.isEmpty() ? "" : " (" + more + ')'));
        } catch (Problem e) {
            well = false;
            out.println("    wrong " + what + ". " + e.detail());
        }
    }

    private static String name(X509Certificate certificate) {
        return '"' + certificate.getSubjectX500Principal().getName() + '"';
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(HexFormat.of().parseHex(OutsideCertificate.sha256(certificate.getEncoded())));
        } catch (GeneralSecurityException e) {
            throw wrong("It does not encode.");
        }
    }

    private static Problem wrong(String advice) {
        return new Problem(Kind.MISCONFIGURED, advice);
    }
}
