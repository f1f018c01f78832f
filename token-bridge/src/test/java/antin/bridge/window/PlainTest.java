package antin.bridge.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTest {

    @Test
    void leavesVietnameseAsItIs() {
        assertThat(Plain.text("Quyết định số 12/QĐ-UBND\nvề việc…")).isEqualTo("Quyết định số 12/QĐ-UBND\nvề việc…");
    }

    @Test
    void showsWhatWouldHideOrTurnTheLetters() {
        assertThat(Plain.text("a\u202efdp.exe")).isEqualTo("a\ufffdfdp.exe");
        assertThat(Plain.text("a\u200bb\u0007c\u2028d")).isEqualTo("a\ufffdb\ufffdc\ufffdd");
        assertThat(Plain.line("a\nb")).isEqualTo("a b");
    }
}
