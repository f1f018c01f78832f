package antin.signing.dss;

import antin.signing.signature.Objection;
import eu.europa.esig.dss.detailedreport.DetailedReport;
import eu.europa.esig.dss.detailedreport.jaxb.XmlBasicBuildingBlocks;
import eu.europa.esig.dss.detailedreport.jaxb.XmlSubXCV;
import eu.europa.esig.dss.diagnostic.CertificateRevocationWrapper;
import eu.europa.esig.dss.diagnostic.CertificateWrapper;
import eu.europa.esig.dss.diagnostic.DiagnosticData;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.diagnostic.TimestampWrapper;
import eu.europa.esig.dss.diagnostic.jaxb.XmlCertificateExtension;
import eu.europa.esig.dss.diagnostic.jaxb.XmlOID;
import eu.europa.esig.dss.enumerations.RevocationType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds what proves a time or a status to whom may say so (RFC 3161, 2.3; RFC 6960, 4.2.2.2), and to what it is over. */
final class StrictProofs {

    private static final String PURPOSES = "2.5.29.37";
    private static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

    private final DiagnosticData data;
    private final DetailedReport detailed;

    StrictProofs(DiagnosticData data, DetailedReport detailed) {
        this.data = data;
        this.detailed = detailed;
    }

    Set<Objection> objections(SignatureWrapper signature) {
        Set<Objection> found = EnumSet.noneOf(Objection.class);
        List<TimestampWrapper> stamps = signature.getTimestampList();
        if (stamps.stream().anyMatch(StrictProofs::isForged)) {
            found.add(Objection.FORGED_TIME_STAMP);
        }
        if (stamps.stream().anyMatch(stamp -> !isForged(stamp) && !isByAUnit(stamp))) {
            found.add(Objection.UNFIT_TIME_STAMP);
        }
        if (Stream.concat(Stream.of(signature.getId()), stamps.stream().map(TimestampWrapper::getId)).anyMatch(this::hasStatusByAStranger)) {
            found.add(Objection.STATUS_BY_STRANGER);
        }
        return found;
    }

    /** Whoever made the token, it is over something else, or is no longer what was made. A detached signature's without its original cannot be told. */
    private static boolean isForged(TimestampWrapper stamp) {
        boolean ofOther = stamp.isMessageImprintDataFound() && !stamp.isMessageImprintDataIntact();
        boolean changed = stamp.getSigningCertificate() != null && !stamp.isSignatureIntact();
        return ofOther || changed || stamp.getAtsHashIndexVersion() != null && !stamp.isAtsHashIndexValid();
    }

    /** RFC 3161, 2.3: for time stamps alone, and critical. What leads to no trusted root proves nothing anyway. */
    private static boolean isByAUnit(TimestampWrapper stamp) {
        CertificateWrapper unit = stamp.getSigningCertificate();
        if (unit == null || !isOfTrusted(unit)) {
            return true;
        }
        XmlCertificateExtension purposes = unit.getCertificateExtensions().stream().filter(one -> one.getOID().equals(PURPOSES)).findFirst().orElse(null);
        return purposes != null && Boolean.TRUE.equals(purposes.isCritical()) && purposes(unit).equals(List.of(TIME_STAMPING));
    }

    private boolean hasStatusByAStranger(String id) {
        XmlBasicBuildingBlocks blocks = detailed.getBasicBuildingBlockById(id);
        return blocks != null && blocks.getXCV() != null && blocks.getXCV().getSubXCV().stream().anyMatch(this::isByAStranger);
    }

    /** Of what the library decided by: an answer by the issuer's own key, or by a unit that the issuer certified for this. */
    private boolean isByAStranger(XmlSubXCV checked) {
        String used = checked.getCRS() == null ? null : checked.getCRS().getLatestAcceptableRevocationId();
        CertificateWrapper certificate = data.getUsedCertificateById(checked.getId());
        CertificateRevocationWrapper answer = used == null || certificate == null ? null : certificate.getRevocationDataById(used);
        if (answer == null || answer.getRevocationType() != RevocationType.OCSP) {
            return false;
        }
        String issuer = id(certificate.getSigningCertificate());
        CertificateWrapper unit = answer.getSigningCertificate();
        boolean byIssuer = issuer.equals(id(unit));
        return !byIssuer && (unit == null || !purposes(unit).contains(OCSP_SIGNING) || !issuer.equals(id(unit.getSigningCertificate())));
    }

    private static boolean isOfTrusted(CertificateWrapper certificate) {
        return certificate.isTrusted() || certificate.getCertificateChain().stream().anyMatch(CertificateWrapper::isTrusted);
    }

    private static List<String> purposes(CertificateWrapper certificate) {
        return certificate.getExtendedKeyUsages().stream().map(XmlOID::getValue).toList();
    }

    private static String id(@Nullable CertificateWrapper certificate) {
        return certificate == null ? "" : certificate.getId();
    }
}
