package antin.backbone.status;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Times as HTTP writes them (RFC 9110, 5.6.7): few seconds are written over and over, so each is remembered until another takes its place. Safe for use by many threads. */
final class HttpDates {

    private record Written(long second, String text) {
    }

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final int PLACES = 1024;

    private final AtomicReferenceArray<Written> places = new AtomicReferenceArray<>(PLACES);

    String write(Instant time) {
        long second = time.getEpochSecond();
        int place = (int) Math.floorMod(second, (long) PLACES);
        Written known = places.get(place);
        if (known == null || known.second != second) {
            known = new Written(second, DATE.format(time));
            places.set(place, known);
        }
        return known.text;
    }
}
