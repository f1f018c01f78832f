package antin.backbone.profile;

import antin.directory.PersonEntry;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import antin.directory.administration.Administration;
import antin.directory.rights.Actor;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/** A person's own phones, language and photo. */
@Controller
@RequestMapping("/account")
public final class ProfilePages {

    private final Administration administration;
    private final Photos photos = new Photos();

    public ProfilePages(Administration administration) {
        this.administration = administration;
    }

    @ModelAttribute("signedIn")
    boolean signedIn() {
        return true;
    }

    @GetMapping("/profile")
    ModelAndView profile(Authentication present, @RequestParam Optional<String> saved) {
        Actor actor = administration.actor(present.getName());
        PersonEntry self = self(actor);
        return page(actor, self).addObject("saved", saved.isPresent()).addObject("values", values(self));
    }

    @PostMapping("/profile")
    ModelAndView change(Authentication present, @RequestParam(defaultValue = "") String phone, @RequestParam(defaultValue = "") String mobile,
        @RequestParam(defaultValue = "") String language, @RequestParam long revision) {
        Actor actor = administration.actor(present.getName());
        PersonEntry before = self(actor);
        try {
            if (revision != before.revision()) {
                throw new Refusal("", Reason.CHANGED_MEANWHILE);
            }
            administration.people().changeOwn(actor, before, text(phone), text(mobile), language);
            return saved();
        } catch (Refusal refusal) {
            PersonEntry now = self(actor);
            return refused(page(actor, now), refusal).addObject("values", Map.of("phone", phone, "mobile", mobile, "language", language)).addObject("present", values(now));
        }
    }

    @PostMapping("/profile/photo")
    ModelAndView upload(Authentication present, HttpServletRequest request) throws IOException, ServletException {
        Actor actor = administration.actor(present.getName());
        try {
            Part file = request.getPart("photo");
            if (file == null || file.getSize() == 0) {
                throw new Refusal("photo", Reason.MISSING);
            }
            try (InputStream untrustedPhoto = file.getInputStream()) {
                administration.people().setOwnPhoto(actor, photos.small(untrustedPhoto.readNBytes(Photos.LARGEST_FILE + 1)));
            }
            return saved();
        } catch (Refusal refusal) {
            PersonEntry self = self(actor);
            return refused(page(actor, self), refusal).addObject("values", values(self));
        }
    }

    @PostMapping("/profile/photo/remove")
    ModelAndView remove(Authentication present) {
        administration.people().setOwnPhoto(administration.actor(present.getName()), new byte[0]);
        return saved();
    }

    @GetMapping("/photo")
    ResponseEntity<byte[]> photo(Authentication present) {
        Actor actor = administration.actor(present.getName());
        return administration.people().photo(actor, actor.number()).map(jpeg -> ResponseEntity.ok().contentType(MediaType.IMAGE_JPEG).body(jpeg))
            .orElseGet(() -> ResponseEntity.notFound().build());
    }

    private PersonEntry self(Actor actor) {
        return administration.people().see(actor, actor.number()).entry();
    }

    private ModelAndView page(Actor actor, PersonEntry self) {
        return new ModelAndView("profile", new ModelMap("person", self).addAttribute("unit", administration.index().tree().entry(self.unit()).map(unit -> unit.name()).orElse(self.unit()))
            .addAttribute("hasPhoto", administration.people().photo(actor, self.number()).isPresent()).addAttribute("section", "profile"));
    }

    private static ModelAndView refused(ModelAndView page, Refusal refusal) {
        if (refusal.reason() == Reason.NOT_ALLOWED) {
            throw refusal.problem();
        }
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return page.addObject("wrong", Map.of("field", refusal.field(), "key", "refusal." + refusal.reason().word()));
    }

    private static ModelAndView saved() {
        RedirectView view = new RedirectView("/account/profile?saved");
        view.setStatusCode(HttpStatus.SEE_OTHER);
        view.setExposeModelAttributes(false);
        return new ModelAndView(view);
    }

    private static Map<String, String> values(PersonEntry self) {
        return Map.of("phone", self.phone(), "mobile", self.mobile(), "language", self.language());
    }

    private static String text(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFC).strip();
    }
}
