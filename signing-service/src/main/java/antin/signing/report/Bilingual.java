package antin.signing.report;

import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** Texts from the bundles, in both languages at once. */
public final class Bilingual {

    /** What validations say to programs too. */
    public static final String REASONS = "antin/signing/messages";
    /** What only people are told. */
    public static final String REPORTS = "antin/signing/report/messages";
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");

    private final MessageSource messages;

    public Bilingual() {
        ResourceBundleMessageSource source = new ResourceBundleMessageSource();
        source.setBasenames(REASONS, REPORTS);
        source.setDefaultEncoding("UTF-8");
        source.setFallbackToSystemLocale(false);
        this.messages = source;
    }

    Words words(String key, Object... values) {
        return new Words(messages.getMessage(key, values, VIETNAMESE), messages.getMessage(key, values, Locale.ENGLISH));
    }

    /** A reason by its code; one without a text of its own gets the text for the others. */
    Words reason(String code) {
        Words other = words("reason.other");
        String key = "reason." + code;
        return new Words(String.valueOf(messages.getMessage(key, null, other.vi(), VIETNAMESE)), String.valueOf(messages.getMessage(key, null, other.en(), Locale.ENGLISH)));
    }
}
