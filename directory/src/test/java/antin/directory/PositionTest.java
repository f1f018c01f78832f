package antin.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2026, 6, 30);

    @ParameterizedTest
    @ValueSource(strings = {"ban-to-chuc/2026-01-01/2026-06-30/Phó Trưởng ban", "ban-to-chuc/2026-01-01//Ủy viên/Thư ký", "x///Ủy viên"})
    void isWrittenAsItWasRead(String text) {
        assertThat(Position.parse(text)).map(Position::text).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "x//", "x///", "x/// ", "X///Ủy viên", "///Ủy viên", "x/2026-02-30//Ủy viên", "x/2026-06-30/2026-01-01/Ủy viên", "x///Ủy\u202eviên",
        "x///Ủy\nviên", "x*///Ủy viên"})
    void isNotReadFromWhatIsNone(String text) {
        assertThat(Position.parse(text)).isEmpty();
    }

    @Test
    void isHeldFromTheFirstDayToTheLast() {
        Position position = new Position("ban-to-chuc", FIRST, LAST, "Ủy viên");
        assertThat(position.isHeldOn(FIRST)).isTrue();
        assertThat(position.isHeldOn(LAST)).isTrue();
        assertThat(position.isHeldOn(FIRST.minusDays(1))).isFalse();
        assertThat(position.isHeldOn(LAST.plusDays(1))).isFalse();
        assertThat(new Position("ban-to-chuc", null, null, "Ủy viên").isHeldOn(LAST)).isTrue();
    }

    @Test
    void refusesDatesThatCross() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Position("ban-to-chuc", LAST, FIRST, "Ủy viên"));
    }
}
