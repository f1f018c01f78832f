package antin.bridge.window;

import antin.bridge.origin.Origin;
import antin.bridge.token.TokenCertificate;
import java.awt.Component;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.swing.DefaultListCellRenderer;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JScrollPane;
import javax.swing.ListSelectionModel;

/** Lets the person choose among certificates. */
final class CertificateWindow {

    private CertificateWindow() {
    }

    static QuestionWindow of(Origin origin, List<TokenCertificate> certificates, CompletableFuture<TokenCertificate> answer) {
        JList<String> list = new JList<>(certificates.stream().map(certificate -> Plain.line(certificate.token().state().label() + ": " + CertificateWords.of(certificate))).toArray(String[]::new));
        list.setName("certificates");
        list.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        list.setSelectedIndex(0);
        list.setCellRenderer(new PlainRenderer());
        Form form = new Form();
        form.show("origin", origin.value()).say("certificate.question").add(new JScrollPane(list), 1);
        QuestionWindow window = new QuestionWindow("window.certificate", form, answer);
        window.focus(list);
        window.enter(window.button("confirm", "button.choose", () -> {
            if (list.getSelectedIndex() >= 0) {
                answer.complete(certificates.get(list.getSelectedIndex()));
            }
        }));
        window.button("cancel", "button.cancel", () -> answer.cancel(false));
        return window;
    }

    /** A name that begins with a tag stays a name. */
    private static final class PlainRenderer extends DefaultListCellRenderer {

        private static final long serialVersionUID = 1;

        @Override
        public Component getListCellRendererComponent(JList<?> list, Object value, int index, boolean selected, boolean focused) {
            putClientProperty("html.disable", true);
            JLabel label = (JLabel) super.getListCellRendererComponent(list, value, index, selected, focused);
            label.setToolTipText(null);
            return label;
        }
    }
}
