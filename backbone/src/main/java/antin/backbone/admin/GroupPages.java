package antin.backbone.admin;

import antin.directory.Group;
import antin.directory.Refusal;
import antin.directory.administration.Administration;
import antin.directory.administration.Seen;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
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

/** Groups: fixed ones, and those by a rule that is read anew each time. */
@Controller
@RequestMapping("/admin/groups")
final class GroupPages {

    private static final int MOST_SHOWN = 100;

    private final Administration administration;
    private final GroupFields fields;
    private final Typed typed;

    GroupPages(Administration administration) {
        this.administration = administration;
        this.fields = new GroupFields(administration);
        this.typed = new Typed(administration);
    }

    @GetMapping
    ModelAndView list(Actor actor, @RequestParam Optional<String> done) {
        ModelMap model = new ModelMap("groups", administration.groups().list(actor, Optional.empty())).addAttribute("section", "groups")
            .addAttribute("mayCreate", May.administers(actor));
        Done.tell(model, done);
        return new ModelAndView("admin/groups", model);
    }

    @GetMapping("/new")
    ModelAndView blank(Actor actor, @RequestParam(defaultValue = "") String unit) {
        May.requireAdministrator(actor);
        return newPage(actor).addObject("values", Map.of("unit", unit, "kind", "fixed", "rule", unit));
    }

    @PostMapping("/new")
    ModelAndView create(Actor actor, Form form) {
        May.requireAdministrator(actor);
        try {
            return Answers.seeOther("/admin/groups/" + administration.groups().create(actor, fields.created(actor, form)).id() + "?done=created");
        } catch (Refusal refusal) {
            return Answers.again(newPage(actor), refusal, form, Map.of());
        }
    }

    @GetMapping("/{id}")
    ModelAndView group(Actor actor, @PathVariable String id, @RequestParam Optional<String> done) {
        Seen<Group> seen = administration.groups().see(actor, id);
        ModelMap model = new ModelMap("group", seen.entry()).addAttribute("whole", seen.whole()).addAttribute("section", "groups")
            .addAttribute("kind", GroupFields.kind(seen.entry().members())).addAttribute("values", fields.of(seen.entry()))
            .addAttribute("members", administration.groups().members(actor, id, MOST_SHOWN)).addAttribute("most", MOST_SHOWN)
            .addAttribute("mayManage", administration.groups().may(actor, Act.MANAGE_GROUPS, seen.entry()));
        Done.tell(model, done);
        return new ModelAndView("admin/group", model);
    }

    @GetMapping("/{id}/edit")
    ModelAndView edit(Actor actor, @PathVariable String id) {
        Group group = group(actor, id);
        return page("admin/group-edit", actor, group).addObject("values", fields.of(group));
    }

    @PostMapping("/{id}/edit")
    ModelAndView change(Actor actor, @PathVariable String id, Form form) {
        Group before = group(actor, id);
        try {
            Answers.requireRevision(form, before.revision());
            administration.groups().change(actor, before, fields.changed(actor, before, form));
            return Answers.seeOther("/admin/groups/" + before.id() + "?done=changed");
        } catch (Refusal refusal) {
            Group now = group(actor, id);
            return Answers.again(page("admin/group-edit", actor, now), refusal, form, fields.of(now));
        }
    }

    @GetMapping("/{id}/remove")
    ModelAndView askBeforeRemoving(Actor actor, @PathVariable String id) {
        return page("admin/group-remove", actor, group(actor, id));
    }

    @PostMapping("/{id}/remove")
    ModelAndView remove(Actor actor, @PathVariable String id, Form form) {
        Group group = group(actor, id);
        try {
            Answers.requireRevision(form, group.revision());
            administration.groups().remove(actor, group);
            return Answers.seeOther("/admin/groups?done=removed");
        } catch (Refusal refusal) {
            return Answers.again(page("admin/group-remove", actor, group), refusal, form, Map.of());
        }
    }

    private Group group(Actor actor, String id) {
        Group group = administration.groups().see(actor, id).entry();
        May.require(administration.groups().may(actor, Act.MANAGE_GROUPS, group));
        return group;
    }

    private ModelAndView newPage(Actor actor) {
        return forms(new ModelAndView("admin/group-new"), actor);
    }

    private ModelAndView page(String view, Actor actor, Group group) {
        return forms(new ModelAndView(view).addObject("group", group), actor);
    }

    private ModelAndView forms(ModelAndView page, Actor actor) {
        return page.addObject("section", "groups").addObject("kinds", GroupFields.KINDS).addObject("levels", administration.levels().words())
            .addObject("units", typed.choices(actor));
    }
}
