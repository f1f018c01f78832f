package antin.backbone.client;

import antin.backbone.admin.Answers;
import antin.backbone.admin.Done;
import antin.backbone.admin.Form;
import antin.backbone.admin.May;
import antin.directory.Refusal;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import antin.directory.rights.Place;
import antin.directory.rights.Rights;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.login.Outcomes;
import antin.otp.oidc.Client;
import antin.otp.oidc.Clients;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The programs that are registered, one of them, switching it off and on, and another secret for it. */
@Controller
@RequestMapping("/admin/clients")
final class ClientPages {

    private final Clients clients;
    private final Outcomes outcomes;

    ClientPages(Clients clients, Outcomes outcomes) {
        this.clients = clients;
        this.outcomes = outcomes;
    }

    static void requireManager(Actor actor) {
        May.require(Rights.may(actor, Act.MANAGE_CLIENTS, Place.ofCity()));
    }

    static Client client(Clients clients, Actor actor, String id) {
        requireManager(actor);
        return clients.find(id).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such client."));
    }

    @GetMapping
    ModelAndView list(Actor actor, @RequestParam Optional<String> done) {
        requireManager(actor);
        ModelMap model = new ModelMap("clients", clients.list()).addAttribute("section", "clients");
        Done.tell(model, done);
        return new ModelAndView("admin/clients", model);
    }

    @GetMapping("/{id}")
    ModelAndView client(Actor actor, @PathVariable String id, @RequestParam Optional<String> done) {
        ModelMap model = new ModelMap("client", client(clients, actor, id)).addAttribute("section", "clients");
        Done.tell(model, done);
        return new ModelAndView("admin/client", model);
    }

    @GetMapping("/{id}/switch")
    ModelAndView askBeforeSwitching(Actor actor, @PathVariable String id) {
        return page("admin/client-switch", client(clients, actor, id));
    }

    @PostMapping("/{id}/switch")
    ModelAndView switchIt(Actor actor, @PathVariable String id, Form form, HttpServletRequest request) {
        Client before = client(clients, actor, id);
        try {
            Answers.requireRevision(form, before.revision());
            boolean active = !before.active();
            clients.change(before, ClientFields.switched(before, active), request.getRemoteAddr());
            outcomes.tell(active ? "client.switched-on" : "client.switched-off", "done", actor.number(), request.getRemoteAddr(), Map.of("client", id));
            return Answers.seeOther("/admin/clients/" + id + "?done=changed");
        } catch (Refusal refusal) {
            return Answers.again(page("admin/client-switch", before), refusal, form, Map.of());
        }
    }

    @GetMapping("/{id}/secret")
    ModelAndView askBeforeNewSecret(Actor actor, @PathVariable String id) {
        Client client = client(clients, actor, id);
        May.require(client.hasSecret());
        return page("admin/client-secret", client);
    }

    @PostMapping("/{id}/secret")
    ModelAndView newSecret(Actor actor, @PathVariable String id, Form form, HttpServletRequest request) {
        Client before = client(clients, actor, id);
        try {
            Answers.requireRevision(form, before.revision());
            String secret = clients.newSecret(before).secret().orElseThrow();
            outcomes.tell("client.new-secret", "done", actor.number(), request.getRemoteAddr(), Map.of("client", id));
            return page("admin/client-secret-shown", before).addObject("secret", secret);
        } catch (Refusal refusal) {
            return Answers.again(page("admin/client-secret", before), refusal, form, Map.of());
        }
    }

    static ModelAndView page(String view, Client client) {
        return new ModelAndView(view).addObject("client", client).addObject("section", "clients");
    }
}
