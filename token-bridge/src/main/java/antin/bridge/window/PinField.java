package antin.bridge.window;

import java.util.Arrays;
import javax.swing.JPasswordField;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import javax.swing.text.AttributeSet;
import javax.swing.text.BadLocationException;
import javax.swing.text.GapContent;
import javax.swing.text.PlainDocument;
import org.jspecify.annotations.Nullable;

/** A field for a PIN whose memory is wiped. It takes no more than the token's longest PIN, and no input method (which would write accents) comes between. */
final class PinField extends JPasswordField {

    private static final long serialVersionUID = 1;
    private static final int SHOWN = 16;

    private final PinContent content;

    PinField(String name, int longest) {
        this(name, new PinContent(longest), longest);
    }

    private PinField(String name, PinContent content, int longest) {
        super(new PinDocument(content, longest), "", SHOWN);
        this.content = content;
        setName(name);
        enableInputMethods(false);
    }

    /** Called after each letter. */
    void onChange(Runnable changed) {
        getDocument().addDocumentListener(new Changes(changed));
    }

    int length() {
        return getDocument().getLength();
    }

    /** What was typed; the field is empty afterwards, and its memory too. The array is the caller's to wipe. */
    char[] take() {
        char[] typed = getPassword();
        wipe();
        return typed;
    }

    void wipe() {
        setText("");
        content.wipe();
    }

    /** The letters in one array that never grows: a larger one would leave the old one behind. */
    private static final class PinContent extends GapContent {

        private static final long serialVersionUID = 1;

        PinContent(int longest) {
            super(longest + SHOWN);
        }

        /** Called where the document is empty: what is left is the gap. */
        void wipe() {
            char[] letters = (char[]) getArray();
            Arrays.fill(letters, getGapStart(), getGapEnd(), '\0');
        }
    }

    private static final class PinDocument extends PlainDocument {

        private static final long serialVersionUID = 1;

        private final int longest;

        PinDocument(PinContent content, int longest) {
            super(content);
            this.longest = longest;
        }

        @Override
        public void insertString(int offset, @Nullable String letters, @Nullable AttributeSet attributes) throws BadLocationException {
            if (letters != null && getLength() + letters.length() <= longest) {
                super.insertString(offset, letters, attributes);
            }
        }
    }

    private record Changes(Runnable changed) implements DocumentListener {

        @Override
        public void insertUpdate(DocumentEvent e) {
            changed.run();
        }

        @Override
        public void removeUpdate(DocumentEvent e) {
            changed.run();
        }

        @Override
        public void changedUpdate(DocumentEvent e) {
            changed.run();
        }
    }
}
