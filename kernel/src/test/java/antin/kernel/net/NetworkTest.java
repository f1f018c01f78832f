package antin.kernel.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8, 10.255.0.1, 11.0.0.1", "192.0.2.128/25, 192.0.2.200, 192.0.2.1", "192.0.2.7, 192.0.2.7, 192.0.2.8", "2001:db8::/32, 2001:db8:ffff::1, 2001:db9::1",
        "2001:db8::/33, 2001:db8:7fff::1, 2001:db8:8000::1", "0.0.0.0/0, 203.0.113.9, ::1", "::/0, 2001:db8::1, 192.0.2.1", "192.0.2.0/24, ::ffff:192.0.2.9, ::ffff:192.0.3.9"})
    void holdsWhatBeginsAlike(String network, String inside, String outside) {
        assertThat(Network.parse(network).contains(inside)).isTrue();
        assertThat(Network.parse(network).contains(outside)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0/8", "2001:db8::/129", "2001:db8::1/32", "office", "localhost", "1", "10.0.0.0/", "fe80::1%eth0", "a:b", "10.0.0.256"})
    void refusesWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessage(text);
    }

    /** A name would be looked up, by whoever sends one. */
    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "example.com", "1", "127.1", "1.2.3.4.5", "256.1.1.1", "::g", "[::1]"})
    void takesNothingButAnAddressForOne(String text) {
        assertThat(Network.address(text)).isEmpty();
        assertThat(Network.parse("0.0.0.0/0").contains(text)).isFalse();
    }

    @Test
    void readsAnAddressWithoutItsZone() {
        assertThat(Network.address("fe80::1%eth0")).map(Object::toString).contains("/fe80:0:0:0:0:0:0:1");
        assertThat(Network.parse("fe80::/10").contains("fe80::1%2")).isTrue();
    }

    @Test
    void namesTheNetworkAroundAnAddress() {
        assertThat(Network.around(Network.address("192.0.2.77").orElseThrow(), 24)).hasToString("192.0.2.0/24").isEqualTo(Network.parse("192.0.2.0/24"));
        assertThat(Network.around(Network.address("2001:db8:1:2:3:4:5:6").orElseThrow(), 48)).hasToString("2001:db8:1:0:0:0:0:0/48");
    }
}
