package antin.otp.vault;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what former keys sealed over to the present one, and says when they are needed no more: in the log, and as {@code antin_vault_former_rows}, one for each store. Safe
 * for several processes at once.
 */
public final class Rotation {

    private static final Logger LOG = LoggerFactory.getLogger(Rotation.class);

    private final Vault vault;
    private final List<VaultRows> stores;
    private final Map<String, Long> former = new ConcurrentHashMap<>();
    private boolean told;

    public Rotation(Vault vault, List<VaultRows> stores, MeterRegistry metrics) {
        this.vault = vault;
        this.stores = List.copyOf(stores);
        stores.forEach(store -> Gauge.builder("antin.vault.former.rows", former, counts -> counts.getOrDefault(store.name(), 0L)).tag("store", store.name()).register(metrics));
    }

    /** Until nothing more can be done now. How many rows still rest on former keys. */
    public synchronized long work() {
        for (VaultRows store : stores) {
            int done = 0;
            for (int some = store.reseal(); some > 0; some = store.reseal()) {
                done += some;
            }
            if (done > 0) {
                LOG.info("{} rows of {} brought over to the present key {}", done, store.name(), vault.keyId());
            }
            former.put(store.name(), store.underFormerKeys());
        }
        long left = former.values().stream().mapToLong(Long::longValue).sum();
        if (left == 0 && !vault.formerKeys().isEmpty() && !told) {
            told = true;
            LOG.info("Nothing stored rests on the former keys {} any more: every line of the secret key file but the first may be removed", vault.formerKeys());
        }
        return left;
    }
}
