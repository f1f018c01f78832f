package antin.bridge.window;

import antin.bridge.message.Texts;
import java.awt.EventQueue;
import javax.swing.BorderFactory;
import javax.swing.JLabel;
import javax.swing.JWindow;
import javax.swing.Timer;

/** "The token is working": shown where that takes longer than a blink, at once where the person has to type at the reader. */
final class WorkingNote implements Asker.Working {

    private static final int BLINK_MILLIS = 300;
    private static final int SPACE = 16;

    private final JWindow window = new JWindow();
    private final Timer timer;

    private WorkingNote(boolean atReader) {
        JLabel label = new JLabel(Texts.both(atReader ? "working.reader" : "working.token"));
        label.setBorder(BorderFactory.createEmptyBorder(SPACE, SPACE, SPACE, SPACE));
        window.add(label);
        window.setName("working");
        window.setAlwaysOnTop(true);
        window.pack();
        window.setLocationRelativeTo(null);
        timer = new Timer(atReader ? 0 : BLINK_MILLIS, e -> window.setVisible(true));
        timer.setRepeats(false);
        timer.start();
    }

    static Asker.Working show(boolean atReader) {
        WorkingNote[] note = new WorkingNote[1];
        EventQueue.invokeLater(() -> note[0] = new WorkingNote(atReader));
        return () -> EventQueue.invokeLater(() -> note[0].close()); // in order on one thread: it was made before
    }

    @Override
    public void close() {
        timer.stop();
        window.dispose();
    }
}
