package antin.directory.administration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryLineTest {

    private static final Instant TIME = Instant.parse("2026-11-22T08:30:00Z");

    @ParameterizedTest
    @CsvSource({"Chuyên viên,Trưởng phòng", "'',x", "x,''", "a > b,c > d", "-,%3E", "%,50% > 40%", "' ',a  b"})
    void isReadAsItWasWritten(String before, String after) {
        HistoryLine line = new HistoryLine(TIME, "100003", "title", before, after);
        assertThat(HistoryLine.parse(line.text())).hasValue(line);
    }

    @Test
    void looksLikeThis() {
        assertThat(new HistoryLine(TIME.plusMillis(400), "100003", "title", "", "Trưởng phòng").text()).isEqualTo("2026-11-22T08:30:00Z 100003 title - > Trưởng phòng");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-07-01 renamed from so-lao-dong", "", "x", "2026-13-22T08:30:00Z 1 title a > b"})
    void leavesTheLinesOfOthersAlone(String text) {
        assertThat(HistoryLine.parse(text)).isEmpty();
    }

    @Test
    void keepsTheLastHundredAndNothingTwice() {
        List<String> lines = List.of();
        for (int i = 0; i < 150; i++) {
            lines = HistoryLine.appended(lines, List.of(new HistoryLine(TIME.plusSeconds(i), "1", "title", "a", "b")));
        }
        assertThat(lines).hasSize(100).last().asString().startsWith("2026-11-22T08:32:29Z");
        assertThat(HistoryLine.appended(lines, List.of(new HistoryLine(TIME.plusSeconds(149), "1", "title", "A", "b")))).hasSize(100);
    }

    @Test
    void fitsIntoAnAttribute() {
        assertThat(new HistoryLine(TIME, "1", "positions", ">".repeat(5_000), "ấ".repeat(5_000)).text().length()).isLessThan(1_400);
    }
}
