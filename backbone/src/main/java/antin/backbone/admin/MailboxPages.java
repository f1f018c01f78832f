package antin.backbone.admin;

import antin.directory.FunctionalMailbox;
import antin.directory.FunctionalMailbox.AGroup;
import antin.directory.FunctionalMailbox.Grantee;
import antin.directory.FunctionalMailbox.OnePerson;
import antin.directory.Group;
import antin.directory.PersonEntry;
import antin.directory.Refusal;
import antin.directory.administration.Administration;
import antin.directory.administration.Seen;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Functional mailboxes of units: who may read them, who may send from them. */
@Controller
@RequestMapping("/admin/mailboxes")
final class MailboxPages {

    /** Whom a page names as one who may. */
    record Shown(String link, String name) {
    }

    private final Administration administration;
    private final MailboxFields fields;
    private final Typed typed;

    MailboxPages(Administration administration) {
        this.administration = administration;
        this.fields = new MailboxFields(administration);
        this.typed = new Typed(administration);
    }

    @GetMapping
    ModelAndView list(Actor actor, @RequestParam Optional<String> done) {
        ModelMap model = new ModelMap("mailboxes", administration.mailboxes().list(actor, Optional.empty())).addAttribute("section", "mailboxes")
            .addAttribute("mayCreate", May.administers(actor));
        Done.tell(model, done);
        return new ModelAndView("admin/mailboxes", model);
    }

    @GetMapping("/new")
    ModelAndView blank(Actor actor, @RequestParam(defaultValue = "") String unit) {
        May.requireAdministrator(actor);
        return newPage(actor).addObject("values", Map.of("unit", unit));
    }

    @PostMapping("/new")
    ModelAndView create(Actor actor, Form form) {
        May.requireAdministrator(actor);
        try {
            return Answers.seeOther("/admin/mailboxes/" + administration.mailboxes().create(actor, fields.created(actor, form)).id() + "?done=created");
        } catch (Refusal refusal) {
            return Answers.again(newPage(actor), refusal, form, Map.of());
        }
    }

    @GetMapping("/{id}")
    ModelAndView mailbox(Actor actor, @PathVariable String id, @RequestParam Optional<String> done) {
        Seen<FunctionalMailbox> seen = administration.mailboxes().see(actor, id);
        ModelMap model = new ModelMap("mailbox", seen.entry()).addAttribute("whole", seen.whole()).addAttribute("section", "mailboxes")
            .addAttribute("readers", grantees(seen.entry().mayRead())).addAttribute("senders", grantees(seen.entry().maySend()))
            .addAttribute("mayManage", administration.mailboxes().may(actor, Act.MANAGE_MAILBOXES, seen.entry()));
        Done.tell(model, done);
        return new ModelAndView("admin/mailbox", model);
    }

    @GetMapping("/{id}/edit")
    ModelAndView edit(Actor actor, @PathVariable String id) {
        FunctionalMailbox mailbox = mailbox(actor, id);
        return page("admin/mailbox-edit", actor, mailbox).addObject("values", MailboxFields.of(mailbox));
    }

    @PostMapping("/{id}/edit")
    ModelAndView change(Actor actor, @PathVariable String id, Form form) {
        FunctionalMailbox before = mailbox(actor, id);
        try {
            Answers.requireRevision(form, before.revision());
            administration.mailboxes().change(actor, before, fields.changed(actor, before, form));
            return Answers.seeOther("/admin/mailboxes/" + before.id() + "?done=changed");
        } catch (Refusal refusal) {
            FunctionalMailbox now = mailbox(actor, id);
            return Answers.again(page("admin/mailbox-edit", actor, now), refusal, form, MailboxFields.of(now));
        }
    }

    @GetMapping("/{id}/remove")
    ModelAndView askBeforeRemoving(Actor actor, @PathVariable String id) {
        return page("admin/mailbox-remove", actor, mailbox(actor, id));
    }

    @PostMapping("/{id}/remove")
    ModelAndView remove(Actor actor, @PathVariable String id, Form form) {
        FunctionalMailbox mailbox = mailbox(actor, id);
        try {
            Answers.requireRevision(form, mailbox.revision());
            administration.mailboxes().remove(actor, mailbox);
            return Answers.seeOther("/admin/mailboxes?done=removed");
        } catch (Refusal refusal) {
            return Answers.again(page("admin/mailbox-remove", actor, mailbox), refusal, form, Map.of());
        }
    }

    private FunctionalMailbox mailbox(Actor actor, String id) {
        FunctionalMailbox mailbox = administration.mailboxes().see(actor, id).entry();
        May.require(administration.mailboxes().may(actor, Act.MANAGE_MAILBOXES, mailbox));
        return mailbox;
    }

    /** By name, people first. */
    private List<Shown> grantees(Set<Grantee> grantees) {
        return grantees.stream().map(grantee -> switch (grantee) {
            case OnePerson person -> new Shown("/admin/people/" + person.number(), administration.index().person(person.number()).map(PersonEntry::name).orElse(person.number()));
            case AGroup group -> new Shown("/admin/groups/" + group.id(), administration.index().group(group.id()).map(Group::name).orElse(group.id()));
        }).sorted(Comparator.comparing(Shown::link).reversed().thenComparing(Shown::name)).toList();
    }

    private ModelAndView newPage(Actor actor) {
        return forms(new ModelAndView("admin/mailbox-new"), actor);
    }

    private ModelAndView page(String view, Actor actor, FunctionalMailbox mailbox) {
        return forms(new ModelAndView(view).addObject("mailbox", mailbox), actor);
    }

    private ModelAndView forms(ModelAndView page, Actor actor) {
        return page.addObject("section", "mailboxes").addObject("units", typed.choices(actor));
    }
}
