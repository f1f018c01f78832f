package antin.signing.cms;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import antin.signing.Digests;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** What both uses of a mail key share: that it is used is on disk before, and how it ended is after, as {@code SealDocument} does it. */
record MailUse(AuditLog audit, String who, String from, Map<String, String> what) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ACT = "key.use";
    private static final String USE = "use";
    private static final int ID_BYTES = 16;

    static MailUse of(AuditLog audit, MailRequest request, String key, X509Certificate certificate, String algorithm, String format) {
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        MessageDigest digest = Digests.newSha256();
        digest.update(request.content());
        return new MailUse(audit, request.peer(), request.from(), Map.of(USE, HexFormat.of().formatHex(id), "key", key, "address", request.address(), "sha256", Digests.text(digest),
            "algorithm", algorithm, "certificate", certificate.getSerialNumber().toString(16), "format", format));
    }

    /** Does it between the two lines; {@code result} says more of the second. */
    byte[] run(Supplier<byte[]> work, Function<byte[], Map<String, String>> result) {
        audit.record(new AuditEvent(ACT, "begun", who, from, what));
        byte[] value;
        try {
            value = work.get();
        } catch (RuntimeException e) {
            Kind kind = e instanceof Problem problem ? problem.kind() : Kind.INTERNAL;
            audit.record(new AuditEvent(ACT, "failed", who, from, with(Map.of("why", kind.name()))));
            throw e;
        }
        audit.record(new AuditEvent(ACT, "done", who, from, with(result.apply(value))));
        return value;
    }

    private Map<String, String> with(Map<String, String> more) {
        Map<String, String> details = new TreeMap<>(more);
        details.put(USE, what.getOrDefault(USE, ""));
        details.put("key", what.getOrDefault("key", ""));
        return details;
    }
}
