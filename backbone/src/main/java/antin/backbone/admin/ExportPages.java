package antin.backbone.admin;

import antin.directory.administration.Administration;
import antin.directory.rights.Actor;
import antin.directory.transfer.Exports;
import antin.kernel.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Gives people and units out as files, as far as the actor's reach goes. By a form of its own, since it is written down who did. */
@Controller
@RequestMapping("/admin/export")
final class ExportPages {

    private final Exports exports;
    private final Typed typed;

    ExportPages(Administration administration, Exports exports) {
        this.exports = exports;
        this.typed = new Typed(administration);
    }

    @GetMapping
    ModelAndView choose(Actor actor) {
        return new ModelAndView("admin/export").addObject("section", "export").addObject("values", Map.of("unit", actor.scope().orElse("")))
            .addObject("units", typed.choices(actor));
    }

    /** What is written to a file. */
    private interface Content {
        void write(Actor actor, Optional<String> below, Writer out) throws IOException;
    }

    @PostMapping("/people")
    void people(Actor actor, Form form, HttpServletResponse response) throws IOException {
        send(actor, form, response, "people.csv", exports::people);
    }

    @PostMapping("/units")
    void units(Actor actor, Form form, HttpServletResponse response) throws IOException {
        send(actor, form, response, "units.csv", exports::units);
    }

    @PostMapping("/ldif")
    void ldif(Actor actor, Form form, HttpServletResponse response) throws IOException {
        send(actor, form, response, "directory.ldif", exports::ldif);
    }

    private void send(Actor actor, Form form, HttpServletResponse response, String name, Content content) throws IOException {
        Optional<String> below = Optional.of(typed.unit(form, "unit")).filter(unit -> !unit.isEmpty());
        response.setContentType(name.endsWith(".csv") ? "text/csv" : "text/plain");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(name).build().toString());
        try {
            content.write(actor, below, response.getWriter());
        } catch (Problem problem) {
            response.reset(); // nothing was written yet: the page that says why is no file
            throw problem;
        }
    }
}
