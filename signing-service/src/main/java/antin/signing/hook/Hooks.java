package antin.signing.hook;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** All registered addresses, each told by itself. */
public final class Hooks implements AutoCloseable {

    private final HookSettings settings;
    private final List<TellReceiver> receivers = new ArrayList<>();

    public Hooks(HookSettings settings, HookEvents events, MeterRegistry metrics, Clock clock) {
        this.settings = settings;
        settings.hooks().values().forEach(hook -> receivers.add(new TellReceiver(hook, settings, events, metrics, clock)));
        for (String state : List.of("waiting", "set-aside")) {
            Gauge.builder("antin.hook.events", events, rows -> rows.count(state)).tag("state", state).register(metrics);
        }
    }

    public Hooks start() {
        receivers.forEach(TellReceiver::start);
        return this;
    }

    /** Whether an administrator registered it for this client. */
    public boolean isFor(String name, String clientId) {
        Hook hook = settings.hooks().get(name);
        return hook != null && hook.clients().contains(clientId);
    }

    @Override
    public void close() {
        receivers.parallelStream().forEach(TellReceiver::close);
    }
}
