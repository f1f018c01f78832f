package antin.backbone.admin;

import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import antin.directory.rights.Actor;
import antin.directory.transfer.Imports;
import antin.directory.transfer.Progress;
import antin.directory.transfer.Progress.State;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Takes a file in, first on trial, and shows how far it is: the page asks anew by itself and survives a reload and a restart. */
@Controller
@RequestMapping("/admin/import")
final class ImportPages {

    private static final int SECONDS_BETWEEN = 2;
    private static final int LONGEST_FILE_NAME = 100;

    private final Imports imports;

    ImportPages(Imports imports) {
        this.imports = imports;
    }

    @GetMapping
    ModelAndView choose(Actor actor) {
        return page(actor).addObject("values", Map.of("mode", "trial"));
    }

    @PostMapping
    ModelAndView begin(Actor actor, Form form, HttpServletRequest request) throws IOException, ServletException {
        May.requireAdministrator(actor);
        try {
            Part file = request.getPart("file");
            if (file == null || file.getSize() == 0) {
                throw new Refusal("file", Reason.MISSING);
            }
            try (InputStream content = file.getInputStream()) {
                return Answers.seeOther("/admin/import/" + imports.begin(actor, name(file), content, !form.text("mode").equals("real")));
            }
        } catch (Refusal refusal) {
            return Answers.again(page(actor), refusal, form, Map.of());
        }
    }

    @GetMapping("/{id}")
    ModelAndView progress(Actor actor, @PathVariable String id) {
        Progress progress = progressOf(actor, id);
        ModelAndView page = new ModelAndView("admin/import-progress").addObject("section", "import").addObject("progress", progress)
            .addObject("hasReport", imports.report(actor, id).isPresent()).addObject("hasSetAside", imports.setAside(actor, id).isPresent());
        boolean goesOn = progress.state() == State.WAITING || progress.state() == State.RUNNING;
        return goesOn ? page.addObject("refresh", "/admin/import/" + id).addObject("refreshSeconds", SECONDS_BETWEEN) : page;
    }

    @GetMapping("/{id}/report")
    ResponseEntity<Resource> report(Actor actor, @PathVariable String id) {
        progressOf(actor, id);
        return download(imports.report(actor, id).orElseThrow(ImportPages::nothing));
    }

    @GetMapping("/{id}/set-aside")
    ResponseEntity<Resource> setAside(Actor actor, @PathVariable String id) {
        progressOf(actor, id);
        return download(imports.setAside(actor, id).orElseThrow(ImportPages::nothing));
    }

    private Progress progressOf(Actor actor, String id) {
        return imports.progress(actor, id).orElseThrow(ImportPages::nothing);
    }

    private ModelAndView page(Actor actor) {
        return new ModelAndView("admin/import").addObject("section", "import").addObject("recent", imports.recent(actor))
            .addObject("mayImport", May.administers(actor));
    }

    private static Problem nothing() {
        return new Problem(Kind.NOT_FOUND, "There is no such import.");
    }

    private static String name(Part file) {
        String untrusted = file.getSubmittedFileName() == null ? "" : file.getSubmittedFileName();
        String name = untrusted.substring(Math.max(untrusted.lastIndexOf('/'), untrusted.lastIndexOf('\\')) + 1).replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "");
        return name.length() > LONGEST_FILE_NAME ? name.substring(name.length() - LONGEST_FILE_NAME) : name;
    }

    private static ResponseEntity<Resource> download(Path file) {
        return ResponseEntity.ok().contentType(new MediaType("text", file.toString().endsWith(".ldif") ? "plain" : "csv", StandardCharsets.UTF_8))
            .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(String.valueOf(file.getFileName())).build().toString())
            .body(new FileSystemResource(file));
    }
}
