package antin.backbone.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void letsAnAddressSendTenSecondsWorthAtOnceAndThenSoManyASecond() throws Exception {
        RateLimit limit = new RateLimit(2, nanos::get);
        assertThat(allowed(limit, "192.0.2.1", 50)).isEqualTo(20);
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(allowed(limit, "192.0.2.1", 50)).isEqualTo(6);
    }

    @Test
    void countsAllAddressesOfOneSubscriberTogetherAndOthersByThemselves() throws Exception {
        RateLimit limit = new RateLimit(1, nanos::get);
        assertThat(allowed(limit, "2001:db8:0:1::1", 50)).isEqualTo(10);
        assertThat(allowed(limit, "2001:db8:0:1:ffff::2", 50)).isZero();
        assertThat(allowed(limit, "2001:db8:0:2::1", 50)).isEqualTo(10);
    }

    @Test
    void limitsNeitherThisMachinesOwnProcessesNorAnybodyWhereItIsOff() throws Exception {
        assertThat(allowed(new RateLimit(1, nanos::get), "127.0.0.1", 50)).isEqualTo(50);
        assertThat(allowed(new RateLimit(0, nanos::get), "192.0.2.1", 50)).isEqualTo(50);
    }

    private static int allowed(RateLimit limit, String address, int times) throws Exception {
        int allowed = 0;
        for (int i = 0; i < times; i++) {
            allowed += limit.allows(InetAddress.getByName(address)) ? 1 : 0;
        }
        return allowed;
    }
}
