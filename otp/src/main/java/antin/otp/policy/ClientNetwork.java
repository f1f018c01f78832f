package antin.otp.policy;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Addresses in CIDR notation (RFC 4632, 3.1; RFC 4291, 2.3), such as {@code 10.0.0.0/8}. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ClientNetwork(byte[] prefix, int bits) {

    private static final String ADDRESS = "[0-9.]{7,15}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*"; // never a name: it would be looked up

    /** @param key the one that a refusal names */
    static ClientNetwork parse(String key, String text) {
        String[] parts = text.split("/", -1);
        try {
            byte[] prefix = bytes(parts[0]);
            int bits = parts.length == 1 ? prefix.length * Byte.SIZE : Integer.parseInt(parts[1]);
            if (parts.length > 2 || bits < 0 || bits > prefix.length * Byte.SIZE || !Arrays.equals(masked(prefix, bits), prefix)) {
                throw new IllegalArgumentException(text);
            }
            return new ClientNetwork(prefix, bits);
        } catch (IllegalArgumentException e) {
            throw new Problem(Kind.MISCONFIGURED, "The key " + key + " in conf/login.properties must name networks such as 10.0.0.0/8 or 2001:db8::/32, without bits behind the prefix, and holds \"" + text + "\".", e);
        }
    }

    boolean contains(String address) {
        int zone = address.indexOf('%');
        try {
            byte[] bytes = bytes(zone < 0 ? address : address.substring(0, zone));
            return bytes.length == prefix.length && Arrays.equals(masked(bytes, bits), prefix);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] bytes(String address) {
        if (!address.matches(ADDRESS)) {
            throw new IllegalArgumentException(address);
        }
        try {
            return InetAddress.getByName(address).getAddress(); // an IPv4 address within IPv6 comes as IPv4
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }

    private static byte[] masked(byte[] bytes, int bits) {
        byte[] masked = bytes.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.clamp(bits - (long) i * Byte.SIZE, 0, Byte.SIZE);
            masked[i] = (byte) (masked[i] & 0xff << Byte.SIZE - kept);
        }
        return masked;
    }
}
