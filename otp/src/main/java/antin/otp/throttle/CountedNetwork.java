package antin.otp.throttle;

import antin.kernel.net.Network;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** What of a client's address counts. */
final class CountedNetwork {

    private CountedNetwork() {
    }

    /** An IPv6 client owns its whole /64 (RFC 6177), so that is what counts. Rows are kept by this text: it stays as it is. */
    static String of(String address) {
        return Network.address(address).map(CountedNetwork::text).orElse("unknown");
    }

    private static String text(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
    }
}
