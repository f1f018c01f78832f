package antin.signing.remote;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.key.SigningKey;
import antin.signing.seal.SealingRules;
import antin.signing.signature.CertificateCheck;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Signs hashes of what stays with its owner, where an authorisation names them. */
public final class SignHashes {

    /**
     * @param client        who asks, as its token says
     * @param key           a person's own, or an agency's
     * @param authorisation its id
     * @param hashes        by the algorithm's digest
     */
    public record Request(String client, String from, SigningKey key, String authorisation, SignatureAlgorithm algorithm, List<byte[]> hashes) {

        public Request {
            hashes = List.copyOf(hashes);
        }
    }

    private final CertificateCheck certificates;
    private final SealingRules rules;
    private final Authorisations authorisations;
    private final AuditLog audit;

    public SignHashes(CertificateCheck certificates, SealingRules rules, Authorisations authorisations, AuditLog audit) {
        this.certificates = certificates;
        this.rules = rules;
        this.authorisations = authorisations;
        this.audit = audit;
    }

    /** One value for each hash, in their order. Throws as {@link Authorisations#use}, {@link CertificateCheck#check} and {@link SealingRules#checkHash} do. */
    public List<byte[]> sign(Request request) {
        // Step 1: may the key sign now
        boolean isAgencys = !RemoteKeys.isName(request.key().name());
        certificates.check(request.key().chain());
        if (isAgencys) {
            rules.checkHash(request.client(), request.key().name());
        }
        // Step 2: from here on nobody signs these again
        authorisations.use(request.authorisation(), request.client(), request.key().name(), request.algorithm().digest(), request.hashes());
        // Step 3: one after the other, each told before and after
        List<byte[]> values = new ArrayList<>();
        for (byte[] hash : request.hashes()) {
            try {
                if (isAgencys) {
                    rules.use(request.key().name());
                }
                values.add(sign(request, hash));
            } catch (RuntimeException e) {
                audit.record(line(request, "failed", hash, Map.of("why", e instanceof Problem problem ? problem.kind().name() : Kind.INTERNAL.name())));
                if (e instanceof Problem problem && (problem.kind() == Kind.PEER_UNAVAILABLE || problem.kind() == Kind.LIMIT_REACHED)) {
                    authorisations.release(request.authorisation(), request.hashes().subList(values.size(), request.hashes().size()));
                }
                throw e;
            }
        }
        return values;
    }

    private byte[] sign(Request request, byte[] hash) {
        audit.record(line(request, "begun", hash, Map.of("certificate", request.key().certificate().getSerialNumber().toString(16), "algorithm", request.algorithm().word())));
        byte[] value = request.key().signDigest(request.algorithm(), hash);
        audit.record(line(request, "done", hash, Map.of()));
        return value;
    }

    private static AuditEvent line(Request request, String outcome, byte[] hash, Map<String, String> more) {
        Map<String, String> what = new TreeMap<>(more);
        what.put("key", request.key().name());
        what.put("hash", HexFormat.of().formatHex(hash));
        what.put("authorisation", request.authorisation());
        return new AuditEvent("key.use", outcome, request.client(), request.from(), what);
    }
}
