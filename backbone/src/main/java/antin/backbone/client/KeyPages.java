package antin.backbone.client;

import antin.backbone.admin.Answers;
import antin.directory.rights.Actor;
import antin.otp.login.Outcomes;
import antin.otp.oidc.SigningKeys;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The keys that sign tokens: they change by themselves every 90 days, and sooner where an administrator wants it. */
@Controller
@RequestMapping("/admin/token-keys")
final class KeyPages {

    private static final String PATH = "/admin/token-keys";
    private static final Set<String> TOLD = Set.of("rotated", "replaced");

    private final SigningKeys keys;
    private final Outcomes outcomes;

    KeyPages(SigningKeys keys, Outcomes outcomes) {
        this.keys = keys;
        this.outcomes = outcomes;
    }

    @GetMapping
    ModelAndView list(Actor actor, @RequestParam Optional<String> done) {
        ClientPages.requireManager(actor);
        return page("admin/keys").addObject("keys", keys.published()).addObject("told", done.filter(TOLD::contains).map(word -> "keys.done." + word).orElse(""));
    }

    @PostMapping("/rotate")
    ModelAndView rotate(Actor actor, HttpServletRequest request) {
        return change("signing-key.rotate", keys::rotate, "rotated", actor, request);
    }

    @GetMapping("/replace")
    ModelAndView askBeforeReplacing(Actor actor) {
        ClientPages.requireManager(actor);
        return page("admin/keys-replace");
    }

    @PostMapping("/replace")
    ModelAndView replace(Actor actor, HttpServletRequest request) {
        return change("signing-key.replace", keys::replace, "replaced", actor, request);
    }

    private ModelAndView change(String act, Runnable change, String done, Actor actor, HttpServletRequest request) {
        ClientPages.requireManager(actor);
        outcomes.tell(act, "begun", actor.number(), request.getRemoteAddr(), Map.of());
        change.run();
        outcomes.tell(act, "done", actor.number(), request.getRemoteAddr(), Map.of("key", keys.published().getLast().kid()));
        return Answers.seeOther(PATH + "?done=" + done);
    }

    private static ModelAndView page(String view) {
        return new ModelAndView(view).addObject("section", "clients");
    }
}
