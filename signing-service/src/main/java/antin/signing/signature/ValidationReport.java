package antin.signing.signature;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was found of each signature, in the document's order. */
public record ValidationReport(List<SignatureReport> signatures) {

    /** Best first. */
    public enum Conclusion { VALID, INDETERMINATE, INVALID }

    /** How much of the document the signature is over. */
    public enum Coverage { WHOLE, REVISION, PART }

    /**
     * A person or body as its certificate names it; nobody vouches for it unless the signature is valid.
     *
     * @param person the number of the person, where a certificate below the city's own roots names one
     */
    public record Signer(@Nullable String name, @Nullable String unit, @Nullable String email, BigInteger serial, String issuer, @Nullable String person) {
    }

    /**
     * One signature.
     *
     * @param indication    of ETSI EN 319 102-1, 5.1.3, such as {@code TOTAL_PASSED}
     * @param subIndication such as {@code HASH_FAILURE}; null for none
     * @param format        such as {@code PAdES-BASELINE-LTA}
     * @param signer        null where the certificate was not found
     * @param signingTime   as the signer claims
     * @param provenTime    the earliest time that a trusted time stamp proves; null for none
     * @param provenBy      who made that time stamp, as its certificate names it
     * @param content       what it is over, each thing by its name
     * @param reasons       codes of what speaks against it, the sub-indication first
     */
    public record SignatureReport(String id, Conclusion conclusion, String indication, @Nullable String subIndication, String format,
        @Nullable Signer signer, @Nullable Instant signingTime, @Nullable Instant provenTime, @Nullable String provenBy, Coverage covers, List<SignedContent> content,
        List<String> reasons) {

        public SignatureReport {
            content = List.copyOf(content);
            reasons = List.copyOf(reasons);
        }

        /** This one, no longer valid. ETSI EN 319 102-1, table 6: FORMAT_FAILURE, where it did not fail by itself; a doubt alone leaves it indeterminate. */
        public SignatureReport but(Collection<Objection> objections) {
            if (objections.isEmpty()) {
                return this;
            }
            boolean doubt = conclusion != Conclusion.INVALID && objections.stream().allMatch(Objection::isDoubt);
            String sub = conclusion == Conclusion.INVALID || doubt && subIndication != null ? subIndication : doubt ? "CERTIFICATE_CHAIN_GENERAL_FAILURE" : "FORMAT_FAILURE";
            List<String> all = Stream.of(Stream.ofNullable(sub), reasons.stream().filter(reason -> !reason.equals(subIndication)), objections.stream().sorted().map(Objection::name)).flatMap(one -> one).distinct().toList();
            return new SignatureReport(id, doubt ? Conclusion.INDETERMINATE : Conclusion.INVALID, doubt ? "INDETERMINATE" : "TOTAL_FAILED", sub, format, signer, signingTime, provenTime, provenBy,
                covers, content, all);
        }
    }

    public ValidationReport {
        signatures = List.copyOf(signatures);
    }

    /** The worst of the signatures; indeterminate where there is none. */
    public Conclusion conclusion() {
        return signatures.stream().map(SignatureReport::conclusion).max(Comparator.naturalOrder()).orElse(Conclusion.INDETERMINATE);
    }
}
