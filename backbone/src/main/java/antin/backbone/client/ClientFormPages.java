package antin.backbone.client;

import antin.backbone.admin.Answers;
import antin.backbone.admin.Form;
import antin.directory.Refusal;
import antin.directory.rights.Actor;
import antin.otp.login.Outcomes;
import antin.otp.oidc.Client;
import antin.otp.oidc.ClientKind;
import antin.otp.oidc.Clients;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Registering a program, and changing what it may do. What kind it is decides which fields there are, so that is chosen first. */
@Controller
@RequestMapping("/admin/clients")
final class ClientFormPages {

    private final Clients clients;
    private final Outcomes outcomes;

    ClientFormPages(Clients clients, Outcomes outcomes) {
        this.clients = clients;
        this.outcomes = outcomes;
    }

    @GetMapping("/new")
    ModelAndView blank(Actor actor, @RequestParam Optional<String> kind) {
        ClientPages.requireManager(actor);
        Optional<ClientKind> chosen = kind.flatMap(ClientKind::of);
        return chosen.map(one -> form("admin/client-new", one, List.of()).addObject("values", Map.of("kind", one.word(), "method", one.methods().getFirst())))
            .orElseGet(() -> new ModelAndView("admin/client-kind").addObject("kinds", ClientKind.values()).addObject("section", "clients"));
    }

    @PostMapping("/new")
    ModelAndView register(Actor actor, Form form, HttpServletRequest request) {
        ClientPages.requireManager(actor);
        try {
            Clients.Registered registered = clients.register(ClientFields.created(form));
            tell("client.registered", actor, registered.client(), request);
            return shown(registered, "created");
        } catch (Refusal refusal) {
            return Answers.again(form("admin/client-new", ClientKind.of(form.text("kind")).orElse(ClientKind.WEB_APP), form.all("scopes")), refusal, form, Map.of());
        }
    }

    @GetMapping("/{id}/edit")
    ModelAndView edit(Actor actor, @PathVariable String id) {
        Client client = ClientPages.client(clients, actor, id);
        return form("admin/client-edit", client.kind(), client.scopes()).addObject("client", client).addObject("values", ClientFields.of(client));
    }

    @PostMapping("/{id}/edit")
    ModelAndView change(Actor actor, @PathVariable String id, Form form, HttpServletRequest request) {
        Client before = ClientPages.client(clients, actor, id);
        try {
            Answers.requireRevision(form, before.revision());
            Clients.Registered changed = clients.change(before, ClientFields.changed(before, form), request.getRemoteAddr());
            tell("client.changed", actor, changed.client(), request);
            return shown(changed, "changed");
        } catch (Refusal refusal) {
            Client now = clients.find(id).orElse(before);
            return Answers.again(form("admin/client-edit", now.kind(), form.all("scopes")).addObject("client", now), refusal, form, ClientFields.of(now));
        }
    }

    private static ModelAndView shown(Clients.Registered registered, String done) {
        return registered.secret().map(secret -> ClientPages.page("admin/client-secret-shown", registered.client()).addObject("secret", secret))
            .orElseGet(() -> Answers.seeOther("/admin/clients/" + registered.client().id() + "?done=" + done));
    }

    private static ModelAndView form(String view, ClientKind kind, List<String> chosen) {
        return new ModelAndView(view).addObject("section", "clients").addObject("kind", kind).addObject("people", kind != ClientKind.SERVICE).addObject("methods", kind.methods())
            .addObject("scopes", Clients.scopes(kind)).addObject("chosen", new TreeSet<>(chosen));
    }

    private void tell(String act, Actor actor, Client client, HttpServletRequest request) {
        outcomes.tell(act, "done", actor.number(), request.getRemoteAddr(), Map.of("client", client.id(), "kind", client.kind().word(), "scopes", String.join(" ", client.scopes()),
            "units", String.join(" ", client.units()), "method", client.method(), "redirects", String.join(" ", client.redirects())));
    }
}
