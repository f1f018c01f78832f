package antin.mail.guard;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Where a client is: the connection's other end, or whom a proxy of ours speaks for. */
public final class ClientAddress {

    static final AttributeKey<InetSocketAddress> BEHIND_PROXY = AttributeKey.valueOf("antin.behind-proxy");
    private static final InetSocketAddress NOWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private ClientAddress() {
    }

    public static InetSocketAddress of(Channel channel) {
        InetSocketAddress behind = channel.attr(BEHIND_PROXY).get();
        return behind != null ? behind : channel.remoteAddress() instanceof InetSocketAddress peer ? peer : NOWHERE;
    }

    public static String text(Channel channel) {
        return of(channel).getAddress().getHostAddress();
    }

    /** By what clients are counted: an IPv4 address, or an IPv6 network of 64 bits, which is one customer's. */
    public static String network(InetAddress address) {
        return address instanceof Inet6Address ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8)) : address.getHostAddress();
    }

    /** @param address as {@link #text} writes it */
    public static String network(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes == null || bytes.length != 16 ? address : HexFormat.of().formatHex(Arrays.copyOf(bytes, 8));
    }
}
