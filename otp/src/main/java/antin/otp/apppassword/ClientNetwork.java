package antin.otp.apppassword;

import antin.kernel.net.Network;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * What of a mail program's address tells where it is: of IPv4 the first 24 bits, of IPv6 the first 48, which is what one subscriber or one office
 * usually has (RFC 6177). A phone that gets another address of its provider's range is at home still; another provider is not.
 */
final class ClientNetwork {

    private static final int BITS_4 = 24;
    private static final int BITS_6 = 48;
    private static final int SHOWN_BITS_6 = 64;

    private ClientNetwork() {
    }

    /** Such as {@code 192.0.2.0/24}. Empty for this machine itself, which is no network, and for what is no address. */
    static Optional<String> of(String address) {
        return Network.address(address).filter(parsed -> !parsed.isLoopbackAddress()).map(parsed -> Network.around(parsed, parsed instanceof Inet6Address ? BITS_6 : BITS_4).toString());
    }

    /** The address as its owner sees it, and as it is kept: IPv4 whole, of IPv6 the 64 bits that name the link and not the device. */
    static String shown(String address) {
        return Network.address(address).map(ClientNetwork::shown).orElse("?");
    }

    private static String shown(InetAddress address) {
        return address instanceof Inet6Address && !address.isLoopbackAddress() ? Network.around(address, SHOWN_BITS_6).toString() : address.getHostAddress();
    }
}
