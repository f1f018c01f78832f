package antin.otp.apppassword;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
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
        return parse(address).filter(parsed -> !parsed.isLoopbackAddress()).map(parsed -> prefix(parsed, parsed instanceof Inet6Address ? BITS_6 : BITS_4));
    }

    /** The address as its owner sees it, and as it is kept: IPv4 whole, of IPv6 the 64 bits that name the link and not the device. */
    static String shown(String address) {
        return parse(address).map(parsed -> parsed instanceof Inet6Address && !parsed.isLoopbackAddress() ? prefix(parsed, SHOWN_BITS_6) : parsed.getHostAddress()).orElse("?");
    }

    private static String prefix(InetAddress address, int bits) {
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, bits / Byte.SIZE, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress() + '/' + bits;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("The length is right.", e);
        }
    }

    private static Optional<InetAddress> parse(String address) {
        if (!address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*(%\\w+)?")) { // never a name: it would be looked up
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(address.replaceAll("%.*", "")));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
