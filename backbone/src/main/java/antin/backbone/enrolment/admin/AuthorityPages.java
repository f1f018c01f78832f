package antin.backbone.enrolment.admin;

import antin.backbone.admin.Answers;
import antin.backbone.admin.Form;
import antin.backbone.admin.May;
import antin.backbone.enrolment.CertificateKind;
import antin.backbone.enrolment.CertificateSearch;
import antin.backbone.enrolment.CertificateSearch.Found;
import antin.backbone.enrolment.CertificateSearch.Question;
import antin.backbone.enrolment.Enrolled;
import antin.backbone.enrolment.EnrolledRows;
import antin.backbone.enrolment.TakeBack;
import antin.backbone.enrolment.page.CertificateFacts;
import antin.backbone.status.StatusOverview;
import antin.ca.RevocationReason;
import antin.directory.Role;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import antin.directory.rights.Place;
import antin.directory.rights.Rights;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** How the authority stands, every certificate that was enrolled, and taking one back. The city's administrators act; auditors look. */
@Controller
@RequestMapping("/admin/certificates")
public final class AuthorityPages {

    private static final int SIZE = 25;
    private static final int LONGEST = 100;
    private static final int LAST_PAGE = 2_000;
    private static final List<String> STATES = List.of("good", "ended", "revoked", "asked", "refused");

    private final CertificateSearch search;
    private final EnrolledRows rows;
    private final TakeBack takeBack;
    private final StatusOverview status;
    private final Clock clock;

    public AuthorityPages(CertificateSearch search, EnrolledRows rows, TakeBack takeBack, StatusOverview status, Clock clock) {
        this.search = search;
        this.rows = rows;
        this.takeBack = takeBack;
        this.status = status;
        this.clock = clock;
    }

    @GetMapping
    ModelAndView overview(Actor actor) {
        requireReader(actor);
        CertificateSearch.Figures figures = search.figures();
        StatusOverview.State state = status.now();
        return page("admin/certificates").addObject("figures", figures).addObject("issuing", BarChart.ofMonths(figures.monthly())).addObject("status", state)
            .addObject("load", BarChart.ofMinutes(state.load(), clock.instant()));
    }

    @GetMapping("/search")
    ModelAndView search(Actor actor, Form form) {
        requireReader(actor);
        String text = form.text("text");
        Question question = new Question(text.length() > LONGEST ? text.substring(0, LONGEST) : text, known(form.text("state"), STATES),
            known(form.text("kind"), List.of(CertificateKind.values()).stream().map(CertificateKind::word).toList()),
            Integer.parseInt(Optional.of(known(form.text("within"), List.of("7", "30"))).filter(days -> !days.isEmpty()).orElse("0")));
        int page = form.text("page").matches("[1-9][0-9]{0,3}") ? Math.min(Integer.parseInt(form.text("page")), LAST_PAGE) : 1;
        Found found = search.find(question, (page - 1) * SIZE, SIZE);
        return page("admin/certificates-search").addObject("question", question).addObject("states", STATES).addObject("kinds", CertificateKind.values()).addObject("found", found)
            .addObject("page", page).addObject("pages", (found.total() + SIZE - 1) / SIZE).addObject("first", (page - 1) * SIZE + 1).addObject("last", (page - 1) * SIZE + found.page().size());
    }

    @GetMapping("/{id:[0-9a-f]{8}-[0-9a-f-]{27}}")
    ModelAndView show(Actor actor, @PathVariable UUID id, @RequestParam Optional<String> done) {
        requireReader(actor);
        Enrolled certificate = certificate(id);
        return page("admin/certificate").addObject("certificate", certificate).addObject("facts", CertificateFacts.of(certificate)).addObject("mayRevoke", mayAct(actor) && certificate.isGood(clock.instant()))
            .addObject("told", done.filter("revoked"::equals).map(word -> "enrolment.done." + word).orElse(""));
    }

    @GetMapping("/{id:[0-9a-f]{8}-[0-9a-f-]{27}}/revoke")
    ModelAndView askBeforeRevoking(Actor actor, @PathVariable UUID id) {
        May.require(mayAct(actor));
        return page("admin/certificate-revoke").addObject("certificate", good(id)).addObject("reasons", RevocationReason.forGood());
    }

    @PostMapping("/{id:[0-9a-f]{8}-[0-9a-f-]{27}}/revoke")
    ModelAndView revoke(Actor actor, @PathVariable UUID id, @RequestParam(defaultValue = "") String reason, HttpServletRequest request) {
        May.require(mayAct(actor));
        RevocationReason chosen = RevocationReason.named(reason).orElseThrow(() -> new Problem(Kind.MALFORMED_REQUEST, "No such reason."));
        takeBack.revoke(good(id), chosen, actor.number(), request.getRemoteAddr());
        return Answers.seeOther("/admin/certificates/" + id + "?done=revoked");
    }

    private Enrolled certificate(UUID id) {
        return rows.find(id).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such certificate."));
    }

    private Enrolled good(UUID id) {
        return Optional.of(certificate(id)).filter(certificate -> certificate.isGood(clock.instant())).orElseThrow(() -> new Problem(Kind.CONFLICT, "There is nothing to revoke."));
    }

    static boolean mayAct(Actor actor) {
        return Rights.may(actor, Act.CHANGE_SETTINGS, Place.ofCity());
    }

    static void requireReader(Actor actor) {
        May.require(mayAct(actor) || actor.roles().contains(Role.AUDITOR));
    }

    private static String known(String word, List<String> words) {
        return words.contains(word) ? word : "";
    }

    private ModelAndView page(String view) {
        return new ModelAndView(view).addObject("section", "certificates").addObject("now", clock.instant());
    }
}
