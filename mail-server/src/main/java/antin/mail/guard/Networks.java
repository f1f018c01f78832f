package antin.mail.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Some networks, written as {@code 10.1.0.0/16} or {@code 2001:db8::/32}; a single address may stand without its prefix. Without Netty's classes: settings are read
 * before it is told how to work.
 */
public final class Networks {

    private static final Pattern FORM = Pattern.compile("((?:[0-9]{1,3}\\.){3}[0-9]{1,3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)(?:/([0-9]{1,3}))?");

    private record Network(byte[] address, int bits) {

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((other[bit / 8] & mask) != (address[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Network> networks;

    private Networks(List<Network> networks) {
        this.networks = networks;
    }

    /** Throws {@link IllegalArgumentException} with the text that is no network. */
    public static Networks of(List<String> texts) {
        return new Networks(texts.stream().map(Networks::network).toList());
    }

    boolean isEmpty() {
        return networks.isEmpty();
    }

    boolean contain(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address.getAddress()));
    }

    private static Network network(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(text);
        }
        try {
            byte[] address = InetAddress.getByName(form.group(1)).getAddress(); // never a name: the form has digits alone
            int bits = form.group(2) == null ? address.length * 8 : Integer.parseInt(form.group(2));
            if (bits <= address.length * 8) {
                return new Network(address, bits);
            }
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException(text, e);
        }
        throw new IllegalArgumentException(text);
    }
}
