package antin.otp.throttle;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** What of a client's address counts. */
final class Network {

    private Network() {
    }

    /** An IPv6 client owns its whole /64 (RFC 6177), so that is what counts. */
    static String of(String address) {
        if (!address.matches("[0-9.]{7,15}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*(%\\w+)?")) { // never a name: it would be looked up
            return "unknown";
        }
        try {
            InetAddress parsed = InetAddress.getByName(address);
            byte[] bytes = parsed.getAddress();
            return HexFormat.of().formatHex(parsed instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
