package antin.mail.guard;

import antin.kernel.net.Network;
import java.net.InetAddress;
import java.util.List;

/** Some networks, written as {@code 10.1.0.0/16} or {@code 2001:db8::/32}; a single address may stand without its prefix. */
public final class Networks {

    private final List<Network> networks;

    private Networks(List<Network> networks) {
        this.networks = networks;
    }

    /** Throws {@link IllegalArgumentException} with the text that is no network. */
    public static Networks of(List<String> texts) {
        return new Networks(texts.stream().map(Network::parse).toList());
    }

    boolean isEmpty() {
        return networks.isEmpty();
    }

    boolean contain(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
