package antin.bridge.message;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** What people read, from {@code texts_vi.properties} and {@code texts_en.properties}. Windows show both: a signer reads one, and whoever helps may read the other. */
public final class Texts {

    private static final Locale VIETNAMESE = Locale.of("vi");
    private static final Texts IN_VIETNAMESE = new Texts(VIETNAMESE);
    private static final Texts IN_ENGLISH = new Texts(Locale.ENGLISH);

    private final Locale locale;
    private final ResourceBundle bundle;

    private Texts(Locale locale) {
        this.locale = locale;
        this.bundle = ResourceBundle.getBundle("antin.bridge.texts", locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    public static Texts vietnamese() {
        return IN_VIETNAMESE;
    }

    public static Texts english() {
        return IN_ENGLISH;
    }

    public String of(String key, Object... values) {
        return new MessageFormat(bundle.getString(key), locale).format(values);
    }

    public String of(Reason reason) {
        return of("reason." + reason.word());
    }

    /** Vietnamese, a slash, English: for titles and buttons. */
    public static String both(String key, Object... values) {
        String vietnamese = vietnamese().of(key, values);
        String english = english().of(key, values);
        return vietnamese.equals(english) ? vietnamese : vietnamese + " / " + english;
    }
}
