package antin.web;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Dates and times as people here write them, {@code 22/11/2026 10:11}, in Vietnam's time. */
public record ReaderTimes() {

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd/MM/yyyy").withZone(ZONE);
    private static final DateTimeFormatter DATE_AND_TIME = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm").withZone(ZONE);

    public String date(Instant instant) {
        return DATE.format(instant);
    }

    public String dateAndTime(Instant instant) {
        return DATE_AND_TIME.format(instant);
    }
}
