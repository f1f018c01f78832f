package antin.signing.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.signing.page.Visitors.Refused;
import antin.signing.page.Visitors.Visit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VisitorsTest {

    private final AtomicLong now = new AtomicLong(-5);
    private final Visitors visitors = new Visitors(now::get);

    @Test
    void letsTwoInAtOnceFromOneAddressAndOthersBeside() {
        Visit first = visitors.enter("192.0.2.1");
        visitors.enter("192.0.2.1");
        assertThat(refused("192.0.2.1").seconds()).isPositive();
        visitors.enter("192.0.2.2");
        first.close();
        visitors.enter("192.0.2.1");
    }

    @Test
    void letsTwentyInWithinAMinuteAndSaysWhenTheNextMayCome() {
        for (int i = 0; i < 20; i++) {
            visitors.enter("192.0.2.1").close();
            pass(Duration.ofSeconds(1));
        }
        Refused refused = refused("192.0.2.1");
        assertThat(refused.seconds()).isEqualTo(40);
        assertThat(refused.ofAll()).isFalse();
        pass(Duration.ofSeconds(39));
        assertThat(refused("192.0.2.1").seconds()).as("what was refused is not counted").isEqualTo(1);
        pass(Duration.ofSeconds(1));
        visitors.enter("192.0.2.1").close();
    }

    @Test
    void takesAnIpv6NetworkAsOne() {
        visitors.enter("2001:db8:0:1::1");
        visitors.enter("2001:db8:0:1:ffff::2");
        refused("2001:db8:0:1:1::3");
        visitors.enter("2001:db8:0:2::1");
    }

    @Test
    void letsNoMoreThanEightInTogether() {
        List<Visit> inside = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            inside.add(visitors.enter("192.0.2." + i));
        }
        assertThat(refused("192.0.2.100").ofAll()).isTrue();
        inside.getFirst().close();
        visitors.enter("192.0.2.100");
    }

    @Test
    void remembersAddressesForAMinuteAlone() {
        for (int i = 0; i < 10_000; i++) {
            visitors.enter("10.0." + i / 250 + "." + i % 250).close();
        }
        assertThat(refused("192.0.2.1").ofAll()).as("no room to count another").isTrue();
        visitors.enter("10.0.0.1").close();
        pass(Duration.ofMinutes(1));
        visitors.enter("192.0.2.1").close();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private Refused refused(String address) {
        assertThatThrownBy(() -> visitors.enter(address)).isInstanceOf(Refused.class);
        try {
            visitors.enter(address);
            throw new AssertionError("let in");
        } catch (Refused e) {
            return e;
        }
    }
}
