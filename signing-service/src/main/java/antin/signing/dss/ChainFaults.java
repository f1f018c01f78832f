package antin.signing.dss;

import antin.signing.signature.ChainFault;
import eu.europa.esig.dss.detailedreport.DetailedReport;
import eu.europa.esig.dss.detailedreport.jaxb.XmlBasicBuildingBlocks;
import eu.europa.esig.dss.detailedreport.jaxb.XmlConstraint;
import eu.europa.esig.dss.detailedreport.jaxb.XmlSubXCV;
import eu.europa.esig.dss.diagnostic.CertificateWrapper;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import java.util.Date;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The checks of a chain that failed (ETSI EN 319 102-1, 5.2.6), by the library's names of them. */
final class ChainFaults {

    private static final Map<String, ChainFault> FAULTS = Map.ofEntries(Map.entry("BBB_XCV_ICAC_ANS", ChainFault.NOT_A_CA), Map.entry("BBB_XCV_ICPDV_ANS", ChainFault.PATH_TOO_LONG),
        Map.entry("BBB_XCV_DCSBSINC_ANS", ChainFault.NAME_CONSTRAINTS), Map.entry("BBB_XCV_DCCUCE_ANS", ChainFault.UNKNOWN_CRITICAL_EXTENSION),
        Map.entry("BBB_XCV_DCCFCE_ANS", ChainFault.FORBIDDEN_EXTENSION), Map.entry("BBB_XCV_ICPTV_ANS", ChainFault.CERTIFICATE_POLICIES),
        Map.entry("BBB_XCV_ISCGKU_ANS", ChainFault.WRONG_KEY_USAGE), Map.entry("BBB_XCV_ISCGKU_ANS_CERT", ChainFault.WRONG_KEY_USAGE),
        Map.entry("BBB_XCV_ICSI_ANS", ChainFault.BROKEN_CERTIFICATE), Map.entry("BBB_XCV_DCIDNMSDNIC_ANS", ChainFault.BROKEN_CERTIFICATE),
        Map.entry("BBB_XCV_IRDPFC_ANS", ChainFault.STATUS_MISSING), Map.entry("BBB_XCV_IRDPFRC_ANS", ChainFault.STATUS_MISSING),
        Map.entry("BBB_XCV_IARDPFC_ANS", ChainFault.STATUS_UNUSABLE), Map.entry("BBB_XCV_RFC_ANS", ChainFault.STATUS_UNUSABLE));

    private ChainFaults() {
    }

    /** @param now when it is validated */
    static Set<ChainFault> of(SignatureWrapper signature, DetailedReport detailed, Date now) {
        Set<ChainFault> faults = EnumSet.noneOf(ChainFault.class);
        for (CertificateWrapper certificate : signature.getCertificateChain()) {
            if (!certificate.isTrusted() && now.after(certificate.getNotAfter())) {
                faults.add(ChainFault.CERTIFICATE_EXPIRED);
            } else if (!certificate.isTrusted() && now.before(certificate.getNotBefore())) {
                faults.add(ChainFault.CERTIFICATE_NOT_YET_VALID);
            }
        }
        XmlBasicBuildingBlocks blocks = detailed.getBasicBuildingBlockById(signature.getId());
        if (blocks != null && blocks.getXCV() != null) {
            add(blocks.getXCV().getConstraint().stream(), faults);
            for (XmlSubXCV one : blocks.getXCV().getSubXCV()) {
                add(one.getConstraint().stream(), faults);
            }
        }
        return faults;
    }

    private static void add(Stream<XmlConstraint> constraints, Set<ChainFault> faults) {
        constraints.filter(one -> one.getError() != null && FAULTS.containsKey(one.getError().getKey())).forEach(one -> faults.add(FAULTS.get(one.getError().getKey())));
    }
}
