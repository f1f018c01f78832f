package antin.bridge.window;

import antin.bridge.message.Texts;
import java.awt.BorderLayout;
import java.awt.FlowLayout;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.concurrent.CompletableFuture;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JPanel;
import javax.swing.KeyStroke;
import javax.swing.WindowConstants;
import org.jspecify.annotations.Nullable;

/** A window with one question: what it is about, and buttons. Closing it, or Escape, is the answer "no". On the event thread only. */
final class QuestionWindow extends JFrame {

    private static final long serialVersionUID = 1;
    private static final int SPACE = 12;

    private @Nullable JComponent first;
    private final JPanel buttons = new JPanel(new FlowLayout(FlowLayout.RIGHT, SPACE, SPACE));

    /** {@code title} is a key of the texts. */
    QuestionWindow(String title, JComponent content, CompletableFuture<?> answer) {
        super(Texts.both(title));
        content.setBorder(BorderFactory.createEmptyBorder(SPACE, SPACE, 0, SPACE));
        setLayout(new BorderLayout());
        add(content, BorderLayout.CENTER);
        add(buttons, BorderLayout.SOUTH);
        setAlwaysOnTop(true);
        setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
        addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent e) {
                answer.cancel(false);
            }
        });
        getRootPane().registerKeyboardAction(e -> answer.cancel(false), KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), JComponent.WHEN_IN_FOCUSED_WINDOW);
    }

    /** A button with its text in both languages; {@code name} is for those who drive the window. */
    JButton button(String name, String textKey, Runnable click) {
        JButton button = new JButton(Texts.both(textKey));
        button.setName(name);
        button.addActionListener(e -> click.run());
        buttons.add(button);
        return button;
    }

    /** The one that Enter presses. */
    void enter(JButton button) {
        getRootPane().setDefaultButton(button);
    }

    /** What has the keyboard when the window appears; the first button otherwise. */
    void focus(JComponent component) {
        first = component;
    }

    void appear() {
        pack();
        pack(); // how high a text is that wraps is known once it has a width
        setLocationRelativeTo(null);
        setVisible(true);
        toFront();
        if (first != null) {
            first.requestFocusInWindow();
        }
    }
}
