package antin.kernel.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses that begin alike, in CIDR notation (RFC 4632, 3.1; RFC 4291, 2.3): {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address alone.
 *
 * @param first the lowest of them
 * @param bits  how many of its bits count
 */
public record Network(InetAddress first, int bits) {

    private static final Pattern ADDRESS = Pattern.compile("(?:[0-9]{1,3}\\.){3}[0-9]{1,3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

    public Network {
        if (bits < 0 || bits > first.getAddress().length * Byte.SIZE || !masked(first, bits).equals(first)) {
            throw new IllegalArgumentException(first.getHostAddress() + '/' + bits + " has bits behind its prefix");
        }
    }

    /** The address in a text, without its zone; empty for anything else, above all for a name, which would be looked up. An IPv4 address within IPv6 comes as IPv4. */
    public static Optional<InetAddress> address(String text) {
        int zone = text.indexOf('%');
        String literal = zone < 0 ? text : text.substring(0, zone);
        if (!ADDRESS.matcher(literal).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Throws {@link IllegalArgumentException} with the text that is no network, or that has bits behind its prefix. */
    public static Network parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length > 2 || text.indexOf('%') >= 0 || parts.length == 2 && !parts[1].matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException(text);
        }
        InetAddress first = address(parts[0]).orElseThrow(() -> new IllegalArgumentException(text));
        try {
            return new Network(first, parts.length == 1 ? first.getAddress().length * Byte.SIZE : Integer.parseInt(parts[1]));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** The network of so many bits that an address lies in. */
    public static Network around(InetAddress address, int bits) {
        return new Network(masked(address, bits), bits);
    }

    public boolean contains(InetAddress address) {
        return address.getAddress().length == first.getAddress().length && masked(address, bits).equals(first);
    }

    /** Whether it is an address, and in this network. */
    public boolean contains(String address) {
        return address(address).filter(this::contains).isPresent();
    }

    @Override
    public String toString() {
        return first.getHostAddress() + '/' + bits;
    }

    private static InetAddress masked(InetAddress address, int bits) {
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.clamp(bits - (long) i * Byte.SIZE, 0, Byte.SIZE);
            bytes[i] = (byte) (bytes[i] & 0xff << Byte.SIZE - kept);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("The length is right.", e);
        }
    }
}
