package antin.signing.seal;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.owner.KeyOwners;
import antin.signing.remote.RemoteKeys;
import antin.signing.signature.Document;
import antin.signing.signature.Validation;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.Coverage;
import antin.signing.signature.ValidationReport.SignatureReport;
import antin.signing.signature.ValidationReport.Signer;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Holds each key to its rule. An agency's seal goes on top of its leader's signature (Decree 30/2020/NĐ-CP, Article 13). */
public final class SealingRules {

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private final Map<String, KeyRule> rules;
    private final KeyOwners owners;
    private final KeyUses uses;
    private final Leaders leaders;
    private final Validation validation;
    private final Clock clock;

    public SealingRules(Map<String, KeyRule> rules, KeyOwners owners, KeyUses uses, Leaders leaders, Validation validation, Clock clock) {
        this.rules = Map.copyOf(rules);
        this.owners = owners;
        this.uses = uses;
        this.leaders = leaders;
        this.validation = validation;
        this.clock = clock;
    }

    /** @throws Problem {@code NOT_ALLOWED} for a person who does not own the key, another client, format or hour; {@code MALFORMED_DOCUMENT} where a signature is missing */
    void check(SealRequest request, X509Certificate certificate) {
        if (RemoteKeys.isName(request.key())) {
            throw new Problem(Kind.NOT_ALLOWED, "A person's key makes no seals.");
        }
        if (request.person().filter(person -> !owners.of(request.key()).contains(person)).isPresent()) {
            throw new Problem(Kind.NOT_ALLOWED, "The key " + request.key() + " is not this person's to use.");
        }
        KeyRule rule = needed(request.key());
        if (!rule.clients().isEmpty() && !rule.clients().contains(request.clientId())) {
            throw new Problem(Kind.NOT_ALLOWED, "The key " + request.key() + " is not for this client.");
        }
        if (!rule.formats().isEmpty() && !rule.formats().contains(request.format().name())) {
            throw new Problem(Kind.NOT_ALLOWED, "The key " + request.key() + " seals only in " + String.join(", ", rule.formats().stream().sorted().toList()) + ".");
        }
        checkHours(rule, request.key());
        if (rule.afterASignature()) {
            needsASignature(rule, request.key(), certificate, request.document());
        }
    }

    /**
     * For a hash of what stays with its owner: a key whose rule looks at the document does not sign it.
     *
     * @param client a client's id, which asks for itself
     * @throws Problem {@code NOT_ALLOWED}
     */
    public void checkHash(String client, String key) {
        KeyRule rule = needed(key);
        if (!rule.clients().isEmpty() && !rule.clients().contains(client)) {
            throw new Problem(Kind.NOT_ALLOWED, "The key " + key + " is not for this client.");
        }
        if (!rule.formats().isEmpty() || rule.afterASignature()) {
            throw new Problem(Kind.NOT_ALLOWED, "The key " + key + " signs no hashes, since its rule looks at documents.");
        }
        checkHours(rule, key);
    }

    /** Counts one use more. @throws Problem {@code LIMIT_REACHED} where the day's are used up */
    public void use(String key) {
        KeyRule rule = rules.get(key);
        if (rule != null && rule.dailyLimit() > 0 && !uses.take(key, LocalDate.ofInstant(clock.instant(), ZONE), rule.dailyLimit())) {
            throw new Problem(Kind.LIMIT_REACHED, "The key " + key + " was used " + rule.dailyLimit() + " times today, which is all it may.");
        }
    }

    /** A ring may hold other keys than those to seal with, such as mail's. */
    private KeyRule needed(String key) {
        KeyRule rule = rules.get(key);
        if (rule == null) {
            throw new Problem(Kind.NOT_FOUND, "There is no key " + key + ".");
        }
        return rule;
    }

    private void checkHours(KeyRule rule, String key) {
        if (rule.hours().filter(hours -> !hours.contain(LocalTime.ofInstant(clock.instant(), ZONE))).isPresent()) {
            throw new Problem(Kind.NOT_ALLOWED, "The key " + key + " seals only at " + rule.hours().get() + " (Asia/Ho_Chi_Minh).");
        }
    }

    private void needsASignature(KeyRule rule, String key, X509Certificate certificate, Document untrusted) {
        List<SignatureReport> signatures = validation.validate(untrusted, List.of()).signatures().stream().filter(report -> report.conclusion() == Conclusion.VALID && report.covers() == Coverage.WHOLE
            && report.signer() != null && !report.signer().serial().equals(certificate.getSerialNumber())).toList();
        if (signatures.isEmpty()) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The key " + key + " seals only a document that somebody has signed validly before, and the whole of it.");
        }
        if (!rule.leadersOf().isEmpty() && signatures.stream().map(SignatureReport::signer).filter(Objects::nonNull).map(Signer::person).filter(Objects::nonNull)
                .noneMatch(person -> leaders.lead(person, rule.leadersOf()))) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The key " + key + " seals only a document that a leader of " + String.join(" or ", rule.leadersOf()) + " has signed.");
        }
    }
}
