package antin.bridge.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicInteger;
import javax.swing.text.AbstractDocument;
import org.junit.jupiter.api.Test;

class PinFieldTest {

    private final AtomicInteger changes = new AtomicInteger();
    private final PinField field = new PinField("pin", 8);

    @Test
    void takesNoMoreThanTheLongestPin() throws Exception {
        field.onChange(changes::incrementAndGet);
        field.getDocument().insertString(0, "12345678", null);
        field.getDocument().insertString(8, "9", null);
        assertThat(field.length()).isEqualTo(8);
        assertThat(changes).hasValue(1);
    }

    @Test
    void leavesNothingInItsMemory() throws Exception {
        field.getDocument().insertString(0, "1234", null);
        field.getDocument().insertString(2, "5678", null); // so that the gap moves
        assertThat(memory()).contains('1', '8');
        assertThat(field.take()).containsExactly('1', '2', '5', '6', '7', '8', '3', '4');
        assertThat(field.length()).isZero();
        assertThat(new String(memory())).doesNotContainPattern("[0-9]");
    }

    /** The array in which Swing keeps the letters. */
    private char[] memory() throws Exception {
        Method content = AbstractDocument.class.getDeclaredMethod("getContent");
        content.setAccessible(true);
        Method array = Class.forName("javax.swing.text.GapVector").getDeclaredMethod("getArray");
        array.setAccessible(true);
        return (char[]) array.invoke(content.invoke(field.getDocument()));
    }
}
