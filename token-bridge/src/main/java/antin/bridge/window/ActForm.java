package antin.bridge.window;

import antin.bridge.message.Texts;
import antin.bridge.token.TokenState;
import antin.bridge.window.PinQuestion.Act;
import antin.bridge.window.PinQuestion.Document;
import java.awt.Dimension;
import java.awt.Font;
import java.util.HexFormat;
import java.util.List;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;

/** The upper part of a window that asks for a PIN: which page, what for, which certificate, all documents with their digests, and how the token's tries stand. */
final class ActForm {

    private static final int HEIGHT = 180;

    private ActForm() {
    }

    static Form of(PinQuestion question) {
        Form form = new Form();
        form.show("origin", question.origin().value());
        form.say("act." + question.act().word(), question.documents().size());
        question.certificate().ifPresent(certificate -> form.fact("fact.certificate", CertificateWords.of(certificate)));
        form.fact("fact.token", question.token().label());
        if (question.act() != Act.LOG_IN && !question.documents().isEmpty()) {
            form.field("fact.documents", documents(question));
        }
        tries(form, question);
        return form;
    }

    static String button(Act act) {
        return switch (act) {
            case SIGN -> "button.sign";
            case LOG_IN -> "button.log-in";
            case MAKE_KEY, STORE_CERTIFICATE, CHANGE_PIN -> "button.go-on";
        };
    }

    private static JScrollPane documents(PinQuestion question) {
        StringBuilder lines = new StringBuilder();
        List<Document> documents = question.documents();
        for (int i = 0; i < documents.size(); i++) {
            Document document = documents.get(i);
            String name = document.name().isEmpty() ? Texts.both("document.unnamed") : Plain.line(document.name());
            lines.append(i + 1).append(". ").append(name).append('\n');
            if (document.digest().length > 0) {
                lines.append("    ").append(HexFormat.of().formatHex(document.digest())).append('\n');
            }
        }
        JTextArea area = Form.text(lines.toString().stripTrailing(), Font.PLAIN, 1);
        area.setName("documents");
        area.setFocusable(true); // to be read by keyboard and screen reader
        area.setCaretPosition(0);
        JScrollPane pane = new JScrollPane(area);
        pane.setPreferredSize(new Dimension(0, Math.min(HEIGHT, area.getPreferredSize().height + 8)));
        return pane;
    }

    /** PKCS#11 tells no number, only that few are left, or one. */
    private static void tries(Form form, PinQuestion question) {
        TokenState token = question.token();
        if (question.wrong() > 0) {
            form.say("pin.wrong", question.wrong());
        }
        if (token.lastTry()) {
            form.say("pin.last-try");
        } else if (token.fewTries()) {
            form.say("pin.few-tries");
        }
    }
}
