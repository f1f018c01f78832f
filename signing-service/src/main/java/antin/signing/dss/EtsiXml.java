package antin.signing.dss;

import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.SignatureReport;
import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.enumerations.SubIndication;
import eu.europa.esig.validationreport.ValidationReportFacade;
import eu.europa.esig.validationreport.jaxb.AdditionalValidationReportDataType;
import eu.europa.esig.validationreport.jaxb.SignatureIdentifierType;
import eu.europa.esig.validationreport.jaxb.SignatureValidationReportType;
import eu.europa.esig.validationreport.jaxb.TypedDataType;
import eu.europa.esig.validationreport.jaxb.ValidationReportDataType;
import eu.europa.esig.validationreport.jaxb.ValidationReportType;
import eu.europa.esig.validationreport.jaxb.ValidationStatusType;
import jakarta.xml.bind.JAXBException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/**
 * The report by ETSI TS 119 102-2. It says what ours says: where we found more than DSS did, its indication becomes ours before it is written, with our reasons in its data (4.2.7:
 * a reason that is no sub-indication of EN 319 102-1 has a type of our own).
 */
public final class EtsiXml {

    /** The type of a reason that is no sub-indication. */
    static final String REASON = "urn:antin:validation:reason";
    private static final Pattern REFERENCE = Pattern.compile("&#(x?)([0-9a-fA-F]{1,8});");

    private EtsiXml() {
    }

    /** From nothing but ours: an indication and reasons for each signature. */
    public static String of(ValidationReport ours) {
        return of(new ValidationReportType(), ours);
    }

    static String of(ValidationReportType report, ValidationReport ours) {
        List<SignatureReport> left = new ArrayList<>(ours.signatures()); // a document may call two signatures the same
        Conclusion atBest = atBest(ours);
        List<SignatureValidationReportType> theirs = report.getSignatureValidationReport();
        for (SignatureValidationReportType signature : theirs) {
            SignatureIdentifierType identifier = signature.getSignatureIdentifier();
            signature.setSignatureValidationStatus(status(signature.getSignatureValidationStatus(), identifier == null ? null : taken(left, identifier.getId()), atBest));
        }
        left.forEach(signature -> theirs.add(alone(signature, atBest)));
        try {
            return wellFormed(ValidationReportFacade.newFacade().marshall(report));
        } catch (JAXBException | SAXException | IOException e) {
            throw new IllegalStateException("The report cannot be written", e);
        }
    }

    private static @Nullable SignatureReport taken(List<SignatureReport> left, String id) {
        SignatureReport first = left.stream().filter(one -> one.id().equals(id)).findFirst().orElse(null);
        left.remove(first);
        return first;
    }

    /** Where the whole is worse than each of its signatures, none of them passes: the form has no place for a whole. */
    private static Conclusion atBest(ValidationReport ours) {
        Conclusion worst = ours.signatures().stream().map(SignatureReport::conclusion).reduce(Conclusion.VALID, EtsiXml::worse);
        return worst == ours.conclusion() ? Conclusion.VALID : ours.conclusion();
    }

    private static ValidationStatusType status(@Nullable ValidationStatusType theirs, @Nullable SignatureReport ours, Conclusion atBest) {
        ValidationStatusType status = theirs == null ? new ValidationStatusType() : theirs;
        Conclusion told = status.getMainIndication() == null ? Conclusion.INDETERMINATE : Report.conclusion(status.getMainIndication());
        Conclusion found = worse(atBest, ours == null ? worse(told, Conclusion.INDETERMINATE) : ours.conclusion());
        if (status.getMainIndication() == null || told != found) {
            status.setMainIndication(indication(found));
            status.getSubIndication().clear();
        }
        List<String> reasons = ours == null ? List.of() : Stream.concat(Stream.ofNullable(ours.subIndication()), ours.reasons().stream()).distinct().toList();
        if (status.getSubIndication().isEmpty() && found != Conclusion.VALID) {
            reasons.stream().flatMap(reason -> sub(reason).stream()).forEach(status.getSubIndication()::add);
        }
        List<String> more = reasons.stream().filter(reason -> sub(reason).isEmpty()).toList();
        if (!more.isEmpty()) {
            status.getAssociatedValidationReportData().add(data(more));
        }
        return status;
    }

    private static Conclusion worse(Conclusion one, Conclusion other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static SignatureValidationReportType alone(SignatureReport ours, Conclusion atBest) {
        SignatureIdentifierType identifier = new SignatureIdentifierType();
        identifier.setDAIdentifier(ours.id()); // no xs:ID: what a document calls its signature need not be one
        SignatureValidationReportType signature = new SignatureValidationReportType();
        signature.setSignatureIdentifier(identifier);
        signature.setSignatureValidationStatus(status(null, ours, atBest));
        return signature;
    }

    private static ValidationReportDataType data(List<String> reasons) {
        AdditionalValidationReportDataType additional = new AdditionalValidationReportDataType();
        reasons.forEach(reason -> {
            TypedDataType typed = new TypedDataType();
            typed.setType(REASON);
            typed.setValue(reason);
            additional.getReportData().add(typed);
        });
        ValidationReportDataType data = new ValidationReportDataType();
        data.setAdditionalValidationReportData(additional);
        return data;
    }

    private static Indication indication(Conclusion conclusion) {
        return switch (conclusion) {
            case VALID -> Indication.TOTAL_PASSED;
            case INVALID -> Indication.TOTAL_FAILED;
            case INDETERMINATE -> Indication.INDETERMINATE;
        };
    }

    private static Optional<SubIndication> sub(String reason) {
        return Arrays.stream(SubIndication.values()).filter(sub -> sub.name().equals(reason)).findFirst();
    }

    /** XML 1.0, 2.2: names in hostile certificates may hold what no XML may, and the writer writes it. */
    private static String wellFormed(String xml) {
        Matcher references = REFERENCE.matcher(xml);
        String text = references.replaceAll(found -> isLetter(Long.parseLong(found.group(2), found.group(1).isEmpty() ? 10 : 16)) ? Matcher.quoteReplacement(found.group()) : "\uFFFD");
        return text.codePoints().map(letter -> isLetter(letter) ? letter : 0xFFFD).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static boolean isLetter(long letter) {
        return letter == '\t' || letter == '\n' || letter == '\r' || letter >= ' ' && letter <= 0xD7FF || letter >= 0xE000 && letter <= 0xFFFD || letter >= 0x10000 && letter <= 0x10FFFF;
    }
}
