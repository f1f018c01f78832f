package antin.signing.signature;

/**
 * What was found, for people's programs and for others'.
 *
 * @param xml by ETSI TS 119 102-2; says of no signature that it passed where {@code report} says otherwise
 */
public record EtsiReport(ValidationReport report, String xml) {
}
