package antin.signing.key;

import antin.kernel.key.KeyRing;
import antin.keys.devices.KeyDevice;
import antin.keys.devices.SeveralDevices;
import antin.keys.pkcs11.Pkcs11KeyRing;
import antin.keys.pkcs11.Pkcs11KeyRings;
import antin.keys.pkcs11.Pkcs11Settings;
import antin.keys.pkcs11.SampleToken;
import antin.keys.pkcs12.Pkcs12KeyRing;
import antin.signing.key.KeySettings.Pkcs11Devices;
import antin.signing.key.KeySettings.Pkcs12Folder;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Opens the keys' place, and tells how its devices are. */
public final class KeyRings {

    private KeyRings() {
    }

    /** @param sample whether the first device's token may be made here */
    public static KeyRing open(KeySettings settings, boolean sample, MeterRegistry metrics, Clock clock) {
        return switch (settings) {
            case Pkcs12Folder place -> new Pkcs12KeyRing(place.folder(), place.passwordFile(), clock);
            case Pkcs11Devices place -> open(place.devices(), sample, metrics);
        };
    }

    /** Each device by its name, for {@code /ready}: one that is away is shown there, and is no reason not to be ready. */
    public static Map<String, BooleanSupplier> shown(KeyRing keys) {
        Map<String, BooleanSupplier> shown = new LinkedHashMap<>();
        if (keys instanceof SeveralDevices several) {
            several.devices().forEach(device -> shown.put("key-device-" + device.name(), device::isIn));
        }
        return shown;
    }

    private static KeyRing open(Map<String, Pkcs11Settings> tokens, boolean sample, MeterRegistry metrics) {
        List<String> names = List.copyOf(tokens.keySet());
        List<Pkcs11Settings> settings = List.copyOf(tokens.values());
        if (sample) {
            Pkcs11Settings first = settings.getFirst();
            SampleToken.prepare(first.library(), first.token(), first.pinFile());
        }
        List<Pkcs11KeyRing> rings = Pkcs11KeyRings.open(settings);
        List<KeyDevice> devices = new ArrayList<>();
        for (int i = 0; i < rings.size(); i++) {
            KeyDevice device = new KeyDevice(names.get(i), rings.get(i));
            Gauge.builder("antin.key.device.up", device, one -> one.isIn() ? 1 : 0).description("1 where the device is used").tag("device", device.name()).register(metrics);
            FunctionCounter.builder("antin.key.device.uses", device, KeyDevice::uses).description("uses of keys that it answered").tag("device", device.name()).register(metrics);
            FunctionCounter.builder("antin.key.device.failures", device, KeyDevice::failures).description("how often it was taken out").tag("device", device.name()).register(metrics);
            devices.add(device);
        }
        return new SeveralDevices(devices).start();
    }
}
