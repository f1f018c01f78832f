package antin.signing.dss;

import antin.signing.TestPki;
import antin.signing.trust.TrustSettings;
import eu.europa.esig.dss.model.DSSException;
import eu.europa.esig.dss.model.x509.CertificateToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.tsp.TimeStampRequest;

/** What OCSP, CRL and time-stamping services of outsiders answer, read as before a key is used. What was answered before is not used again: each question is two seconds later. */
public final class AnswersEntry {

    private static final Duration LATER = Duration.ofSeconds(2);
    private static final int DIGEST = 32;
    private static final byte BROKEN = 0x1F;
    private static final List<String> PATHS = List.of("/ocsp", "/crl/issuing.crl", "/tsa");

    private final TestPki pki;
    private final List<X509Certificate> chain;
    private final Trust trust;
    private final CheckCertificate certificates;
    private final StatusLoader loader;
    private final Clock clock;
    private final Map<String, byte[]> nonces = new ConcurrentHashMap<>();
    private int questions;

    public AnswersEntry(TestPki pki, List<X509Certificate> chain) {
        this.pki = pki;
        this.chain = chain;
        clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new IllegalStateException("Nobody asks");
            }

            @Override
            public Instant instant() {
                return Instant.now().plus(LATER.multipliedBy(questions));
            }
        };
        trust = new Trust(TrustSettings.of(List.of(pki.root.certificate()), pki.url(), Path.of("target/no-lists")), clock);
        certificates = new CheckCertificate(trust, clock);
        loader = new StatusLoader(List.of(pki.url() + "/"));
    }

    /** Answers as honest services give them; the nonces in them stand for whichever is asked for. */
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        PATHS.forEach(path -> pki.instead.put(path, request -> {
            nonces.put(path, nonce(path, request));
            seeds.add(pki.answer(path, request));
            return seeds.getLast();
        }));
        ocsp();
        crl();
        stamp();
        pki.instead.clear();
        seeds.add(withBrokenUnit(seeds.getFirst()));
        return seeds;
    }

    /** An OCSP answer whose unit has a certificate with a signature that is no SEQUENCE: Bouncy Castle throws what is no checked exception. */
    private static byte[] withBrokenUnit(byte[] answer) {
        try {
            byte[] signature = ((BasicOCSPResp) new OCSPResp(answer).getResponseObject()).getCerts()[0].getSignature();
            byte[] broken = signature.clone();
            broken[0] = BROKEN;
            return replaced(answer, signature, broken);
        } catch (IOException | OCSPException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The services answer with these octets from now on. */
    public void answer(byte[] untrusted) {
        PATHS.forEach(path -> pki.instead.put(path, request -> replaced(untrusted, nonces.getOrDefault(path, new byte[0]), nonce(path, request))));
    }

    private static byte[] nonce(String path, byte[] request) {
        try {
            return switch (path) {
                case "/ocsp" -> new OCSPReq(request).getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce).getExtnValue().getOctets();
                case "/tsa" -> new TimeStampRequest(request).getNonce().toByteArray();
                default -> new byte[0];
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] replaced(byte[] octets, byte[] old, byte[] now) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        return old.length == 0 || old.length != now.length ? octets
            : text.replace(new String(old, StandardCharsets.ISO_8859_1), new String(now, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
    }

    public void ocsp() {
        questions++;
        certificates.checkStatus(chain);
    }

    /** As {@link CheckCertificate} asks where there is no OCSP, whose only expected exception is this one. */
    public void crl() {
        try {
            new CrlAnswers(loader, clock).getRevocationToken(new CertificateToken(chain.getFirst()), new CertificateToken(chain.get(1)));
        } catch (DSSException e) {
            return; // "not to be had now"
        }
    }

    public void stamp() {
        new DssTimeStamps(trust).stamp("SHA-256", new byte[DIGEST]);
    }

    /** A token as it goes into a signature of level LT. */
    public void longTerm(byte[] token) {
        Guard.reading(() -> new LongTermData(trust, certificates).of(chain, token));
    }
}
