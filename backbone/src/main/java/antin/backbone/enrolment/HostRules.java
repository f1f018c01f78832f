package antin.backbone.enrolment;

import antin.ca.enrol.RequestFault;
import antin.ca.enrol.RequestRefusal;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which hosts the city's systems may have certificates for: names in the city's domains and addresses of its inner network, since nobody here can prove anything about others; never a name
 * of this installation's own, whose certificates renew themselves.
 *
 * @param domains below which names may lie, such as {@code city.example}
 * @param own     the installation's names
 */
public record HostRules(List<String> domains, Set<String> own) {

    /** RFC 1123, 2.1; without a wildcard, which would be good for systems that nobody asked about. */
    private static final Pattern NAME = Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-f:]{3,39}");
    private static final int LONGEST = 253;
    private static final int MOST = 20;
    private static final int UNIQUE_LOCAL = 0xfc;

    public HostRules {
        domains = domains.stream().map(domain -> domain.toLowerCase(Locale.ROOT)).toList();
        own = own.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** As certificates have them: in lower case, each once. Throws {@link RequestRefusal}. */
    List<String> checked(List<String> untrustedHosts) {
        List<String> hosts = untrustedHosts.stream().map(host -> host.strip().toLowerCase(Locale.ROOT)).filter(host -> !host.isEmpty()).distinct().toList();
        if (hosts.isEmpty()) {
            throw new RequestRefusal(RequestFault.NO_HOST);
        }
        if (hosts.size() > MOST) {
            throw new RequestRefusal(RequestFault.HOST_FORM);
        }
        hosts.forEach(this::check);
        return hosts;
    }

    private void check(String host) {
        if (own.contains(host) || host.equals("localhost")) {
            throw new RequestRefusal(RequestFault.HOST_OURS);
        }
        if (IPV4.matcher(host).matches() || IPV6.matcher(host).matches()) {
            checkAddress(host);
            return;
        }
        if (host.length() > LONGEST || !NAME.matcher(host).matches()) {
            throw new RequestRefusal(RequestFault.HOST_FORM);
        }
        if (domains.stream().noneMatch(domain -> host.equals(domain) || host.endsWith('.' + domain))) {
            throw new RequestRefusal(RequestFault.HOST_OUTSIDE);
        }
    }

    /** RFC 1918, 3; RFC 4193, 3.1. No name is looked up: what comes here has the form of an address. */
    private static void checkAddress(String address) {
        try {
            InetAddress parsed = InetAddress.getByName(address);
            boolean inner = parsed instanceof Inet4Address ? parsed.isSiteLocalAddress() : (parsed.getAddress()[0] & 0xfe) == UNIQUE_LOCAL;
            if (!inner) {
                throw new RequestRefusal(RequestFault.HOST_OUTSIDE);
            }
        } catch (UnknownHostException e) {
            throw new RequestRefusal(RequestFault.HOST_FORM);
        }
    }
}
