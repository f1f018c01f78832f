package antin.backbone.enrolment.admin;

import antin.backbone.enrolment.CertificateSearch.Month;
import antin.backbone.status.RecentRequests.Minute;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Two rows of bars over time as a server-made picture (SVG): the first stands up, the second, a part of it or less wanted, is drawn over its foot. Every number is also in a table beside it.
 *
 * @param highest what the tallest bar stands for
 */
public record BarChart(List<Bar> bars, int width, int height, long highest) {

    /** In units of the picture; {@code label} and the numbers as the table has them. */
    public record Bar(String label, long first, long second, int x, int width, int firstY, int firstHeight, int secondY, int secondHeight) {
    }

    private record Pair(String label, long first, long second) {
    }

    private static final int WIDTH = 600;
    private static final int HEIGHT = 120;

    static BarChart ofMonths(List<Month> months) {
        return of(months.stream().map(month -> new Pair(month.month(), month.issued(), month.revoked())).toList());
    }

    /** The last hour in twelve parts of five minutes, the oldest first. */
    static BarChart ofMinutes(List<Minute> minutes, Instant now) {
        List<Pair> parts = new ArrayList<>();
        for (int part = 11; part >= 0; part--) {
            Instant end = now.minus(Duration.ofMinutes(5L * part));
            Instant begin = end.minus(Duration.ofMinutes(5));
            List<Minute> within = minutes.stream().filter(minute -> minute.begin().isAfter(begin) && !minute.begin().isAfter(end)).toList();
            parts.add(new Pair("-" + (part * 5 + 5), within.stream().mapToLong(Minute::ocspAsked).sum(), within.stream().mapToLong(Minute::ocspFailed).sum()));
        }
        return of(parts);
    }

    private static BarChart of(List<Pair> pairs) {
        long highest = Math.max(1, pairs.stream().mapToLong(pair -> Math.max(pair.first, pair.second)).max().orElse(1));
        int step = WIDTH / Math.max(1, pairs.size());
        List<Bar> bars = new ArrayList<>();
        for (Pair pair : pairs) {
            int first = (int) (pair.first * HEIGHT / highest);
            int second = (int) (pair.second * HEIGHT / highest);
            bars.add(new Bar(pair.label, pair.first, pair.second, bars.size() * step + step / 8, step * 3 / 4, HEIGHT - first, first, HEIGHT - second, second));
        }
        return new BarChart(bars, WIDTH, HEIGHT, highest);
    }
}
