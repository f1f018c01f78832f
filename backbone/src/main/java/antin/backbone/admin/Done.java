package antin.backbone.admin;

import java.util.Optional;
import java.util.Set;
import org.springframework.ui.ModelMap;

/** What a page says after a form was done: a word in its address, of which only these are known. */
public final class Done {

    private static final Set<String> WORDS = Set.of("created", "changed", "disabled", "enabled", "moved", "closed", "removed", "unchanged");

    private Done() {
    }

    public static void tell(ModelMap model, Optional<String> untrustedWord) {
        untrustedWord.filter(WORDS::contains).ifPresent(word -> model.addAttribute("done", "done." + word));
    }
}
