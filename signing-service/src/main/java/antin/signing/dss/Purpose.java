package antin.signing.dss;

import eu.europa.esig.dss.diagnostic.CertificateWrapper;
import eu.europa.esig.dss.enumerations.KeyUsageBit;
import eu.europa.esig.dss.enumerations.ExtendedKeyUsage;
import java.util.List;
import java.util.Set;

/** What a signer's certificate is for (RFC 5280, 4.2.1.3 and 4.2.1.12; RFC 9336). */
final class Purpose {

    private static final Set<String> MACHINES = Set.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.9", "1.3.6.1.5.5.7.3.5",
        "1.3.6.1.5.5.7.3.6", "1.3.6.1.5.5.7.3.7", "1.3.6.1.5.5.7.3.3"); // TLS, time stamps, OCSP, IPsec and code

    private Purpose() {
    }

    /** Not a certificate whose every purpose is another, unless it is for what cannot be denied. */
    static boolean isForDocuments(CertificateWrapper certificate) {
        List<KeyUsageBit> usages = certificate.getKeyUsages();
        List<String> purposes = certificate.getExtendedKeyUsages().stream().map(eu.europa.esig.dss.diagnostic.jaxb.XmlOID::getValue).toList();
        return usages.contains(KeyUsageBit.NON_REPUDIATION) || purposes.isEmpty() || !MACHINES.containsAll(purposes);
    }
}
