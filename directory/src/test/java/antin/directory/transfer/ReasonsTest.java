package antin.directory.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.Refusal.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonsTest {

    @ParameterizedTest
    @EnumSource
    void eachIsSaidInBothLanguages(Reason reason) {
        assertThat(Report.vietnamese(reason)).isNotBlank().isNotEqualTo(reason.sentence());
    }
}
