package antin.mail.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** The provider is the one of this JVM too: it is found by the mail server's own services file. */
class NoReverseLookupsTest {

    @Test
    void anAddressIsNeverLookedUp() throws UnknownHostException {
        InetAddress local = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        assertThat(new InetSocketAddress(local, 143).getHostName()).isEqualTo("127.0.0.1");
        assertThat(local.getCanonicalHostName()).isEqualTo("127.0.0.1");
    }

    @Test
    void aNameIs() throws UnknownHostException {
        assertThat(InetAddress.getAllByName("localhost")).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
    }
}
