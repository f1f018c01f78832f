package antin.bridge.window;

import antin.bridge.message.Texts;
import java.awt.Font;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;

/** A column of texts and fields. Texts are plain always: a label would read a page's word as HTML where it begins so. */
final class Form extends JPanel {

    private static final long serialVersionUID = 1;
    private static final int COLUMNS = 48;
    private static final float BIG = 1.4f;
    private static final float USUAL = 1.15f;

    private int row;

    Form() {
        super(new GridBagLayout());
    }

    /** Vietnamese, and English below. */
    Form say(String key, Object... values) {
        add(text(Texts.vietnamese().of(key, values), Font.BOLD, USUAL), 0);
        return add(text(Texts.english().of(key, values), Font.PLAIN, USUAL), 1);
    }

    /** A fact that is the same in both languages, large. */
    Form show(String name, String value) {
        JTextArea area = text(value, Font.BOLD, BIG);
        area.setName(name);
        return add(area, 1);
    }

    /** A small heading in both languages, and the fact. */
    Form fact(String key, String value) {
        JLabel label = new JLabel(Texts.both(key));
        add(label, 0);
        return add(text(value, Font.PLAIN, USUAL), 1);
    }

    Form field(String key, JComponent field) {
        JLabel label = new JLabel(Texts.both(key));
        label.setLabelFor(field);
        add(label, 0);
        return add(field, 1);
    }

    Form add(JComponent component, int lines) {
        GridBagConstraints place = new GridBagConstraints();
        place.gridy = row++;
        place.weightx = 1;
        place.weighty = component instanceof JScrollPane ? 1 : 0;
        place.fill = GridBagConstraints.BOTH;
        place.anchor = GridBagConstraints.LINE_START;
        place.insets = new Insets(2, 0, 2 + 6 * lines, 0);
        super.add(component, place);
        return this;
    }

    static JTextArea text(String value, int style, float size) {
        JTextArea area = new JTextArea(Plain.text(value));
        JLabel model = new JLabel();
        area.setFont(model.getFont().deriveFont(style, model.getFont().getSize2D() * size));
        area.setColumns(COLUMNS);
        area.setLineWrap(true);
        area.setWrapStyleWord(true);
        area.setEditable(false);
        area.setFocusable(false);
        area.setOpaque(false);
        return area;
    }
}
