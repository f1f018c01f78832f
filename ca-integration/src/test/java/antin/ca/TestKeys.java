package antin.ca;

import antin.ca.status.DelegatedKey;
import java.nio.file.Path;
import java.time.Clock;

/** The delegated keys as the bootstrap makes them. */
public final class TestKeys {

    private TestKeys() {
    }

    public static DelegatedKey timeStamps(Path home) throws Exception {
        TestState state = TestState.prepare(home);
        state.bootstrap(Clock.systemUTC());
        return DelegatedKey.read(home.resolve("status"), "tsa", state.settings().statusKeysPassword(), DelegatedKey.TIME_STAMPING);
    }
}
