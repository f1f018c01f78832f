package antin.ca.status;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What nobody honest sends, by what it is. */
final class HostileOctets {

    private HostileOctets() {
    }

    static Map<String, byte[]> all(byte[] good) {
        Map<String, byte[]> all = new TreeMap<>();
        all.put("nothing", new byte[0]);
        all.put("one octet", new byte[] {0x30});
        all.put("an empty sequence", new byte[] {0x30, 0});
        all.put("a megabyte", new byte[1 << 20]);
        all.put("a length that lies", new byte[] {0x30, (byte) 0x84, 0x7f, -1, -1, -1, 0});
        all.put("an indefinite length", new byte[] {0x30, (byte) 0x80, 0, 0});
        all.put("deep nesting", nested(2_000, new byte[] {0x30, (byte) 0x80}));
        all.put("deep nesting of octet strings", nested(2_000, new byte[] {0x24, (byte) 0x80}));
        all.put("deep nesting with lengths", nestedWithLengths());
        all.put("cut off", Arrays.copyOf(good, good.length / 2));
        all.put("something after it", Arrays.copyOf(good, good.length + 1));
        all.put("text", "<html>hello</html>".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            byte[] noise = new byte[200];
            random.nextBytes(noise);
            all.put("noise " + i, noise);
        }
        return all;
    }

    private static byte[] nested(int times, byte[] with) {
        byte[] all = new byte[times * with.length];
        for (int i = 0; i < times; i++) {
            System.arraycopy(with, 0, all, i * with.length, with.length);
        }
        return all;
    }

    private static byte[] nestedWithLengths() {
        byte[] inner = {5, 0};
        while (inner.length < 120) {
            byte[] outer = new byte[inner.length + 2];
            outer[0] = 0x30;
            outer[1] = (byte) inner.length;
            System.arraycopy(inner, 0, outer, 2, inner.length);
            inner = outer;
        }
        return inner;
    }
}
