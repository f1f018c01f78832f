package antin.signing.api;

import java.util.List;

/** Everything that is asked of a request's options. Each question refuses for itself. */
public final class OptionsEntry {

    private OptionsEntry() {
    }

    public static void read(String json) {
        SigningOptions options = SigningOptions.read(json);
        List<Runnable> questions = List.of(options::keyName, options::chain, options::signatureLevel, options::signatureAlgorithm, () -> options.checkTexts(true),
            () -> options.particulars(null), () -> options.formatOf(List.of()));
        antin.kernel.Problem first = null;
        for (Runnable question : questions) {
            try {
                question.run();
            } catch (antin.kernel.Problem e) {
                if (first == null || e.kind().httpStatus() >= first.kind().httpStatus()) {
                    first = e;
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
