package antin.ca.authority;

import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.util.IPAddress;

/** Subject alternative names (RFC 5280, 4.2.1.6). */
public final class CertificateNames {

    private CertificateNames() {
    }

    /** DNS names and IP addresses, told apart by their form. */
    public static GeneralNames hosts(List<String> hosts) {
        return new GeneralNames(hosts.stream().map(CertificateNames::host).toArray(GeneralName[]::new));
    }

    /** A process on this machine: its URI (the name that counts), and where it listens. */
    public static GeneralNames process(String name) {
        List<GeneralName> names = new ArrayList<>(List.of(new GeneralName(GeneralName.uniformResourceIdentifier, "antin:" + name)));
        names.addAll(List.of(host("localhost"), host("127.0.0.1")));
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    /** Mail addresses (RFC 5280, 4.2.1.6: rfc822Name). */
    public static GeneralNames emails(List<String> addresses) {
        return new GeneralNames(addresses.stream().map(address -> new GeneralName(GeneralName.rfc822Name, address)).toArray(GeneralName[]::new));
    }

    private static GeneralName host(String host) {
        return new GeneralName(IPAddress.isValid(host) ? GeneralName.iPAddress : GeneralName.dNSName, host);
    }
}
