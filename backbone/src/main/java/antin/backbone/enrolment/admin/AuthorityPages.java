package antin.backbone.enrolment.admin;

import antin.backbone.admin.Answers;
import antin.backbone.admin.Form;
import antin.backbone.admin.May;
import antin.backbone.approval.Approvals;
import antin.backbone.enrolment.CertificateKind;
import antin.backbone.enrolment.CertificateSearch;
import antin.backbone.enrolment.CertificateSearch.Found;
import antin.backbone.enrolment.CertificateSearch.Question;
import antin.backbone.enrolment.Enrolled;
import antin.backbone.enrolment.EnrolledRows;
import antin.backbone.enrolment.OrderRevocation;
import antin.backbone.enrolment.Owner;
import antin.backbone.enrolment.Scope;
import antin.backbone.enrolment.SetAside;
import antin.backbone.enrolment.TakeBack;
import antin.backbone.enrolment.page.CertificateFacts;
import antin.backbone.enrolment.page.CertificateFiles;
import antin.backbone.status.StatusOverview;
import antin.ca.RevocationReason;
import antin.directory.Role;
import antin.directory.administration.Administration;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import antin.directory.rights.Place;
import antin.directory.rights.Rights;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** How the authority stands, the certificates that are there, and taking one back: for each administrator those of their own part of the city; auditors look at all. */
@Controller
@RequestMapping(AuthorityPages.PATH)
public final class AuthorityPages {

    static final String PATH = "/admin/certificates";
    private static final Set<String> TOLD = Set.of("issued", "asked", "revoked", "held", "released");
    private static final int SIZE = 25;
    private static final int LONGEST = 100;
    private static final int LAST_PAGE = 2_000;
    private static final List<String> STATES = List.of("good", "ended", "revoked", "held", "asked", "refused");

    private final Administration administration;
    private final CertificateSearch search;
    private final EnrolledRows rows;
    private final TakeBack takeBack;
    private final OrderRevocation revocations;
    private final SetAside setAside;
    private final StatusOverview status;
    private final Clock clock;

    public AuthorityPages(Administration administration, CertificateSearch search, EnrolledRows rows, TakeBack takeBack, OrderRevocation revocations, SetAside setAside,
        StatusOverview status, Clock clock) {
        this.setAside = setAside;
        this.administration = administration;
        this.revocations = revocations;
        this.search = search;
        this.rows = rows;
        this.takeBack = takeBack;
        this.status = status;
        this.clock = clock;
    }

    @GetMapping
    ModelAndView overview(Actor actor) {
        Scope scope = Scope.of(actor, administration.index());
        CertificateSearch.Figures figures = search.figures(scope);
        StatusOverview.State state = status.now();
        return page("admin/certificates").addObject("figures", figures).addObject("issuing", BarChart.ofMonths(figures.monthly())).addObject("status", state)
            .addObject("load", BarChart.ofMinutes(state.load(), clock.instant())).addObject("all", scope.all())
            .addObject("ages", state.authorities().stream().filter(authority -> authority.crl().isPresent())
                .collect(Collectors.toMap(StatusOverview.AuthorityState::name, authority -> Duration.between(authority.crl().get().thisUpdate(), clock.instant()).toMinutes())));
    }

    @GetMapping("/search")
    ModelAndView search(Actor actor, Form form) {
        Scope scope = Scope.of(actor, administration.index());
        String text = form.text("text");
        Question question = new Question(text.length() > LONGEST ? text.substring(0, LONGEST) : text, known(form.text("state"), STATES),
            known(form.text("kind"), List.of(CertificateKind.values()).stream().map(CertificateKind::word).toList()),
            Integer.parseInt(Optional.of(known(form.text("within"), List.of("7", "30"))).filter(days -> !days.isEmpty()).orElse("0")));
        int page = form.text("page").matches("[1-9][0-9]{0,3}") ? Math.min(Integer.parseInt(form.text("page")), LAST_PAGE) : 1;
        Found found = search.find(question, scope, (page - 1) * SIZE, SIZE);
        return page("admin/certificates-search").addObject("question", question).addObject("states", STATES).addObject("kinds", CertificateKind.values()).addObject("found", found)
            .addObject("page", page).addObject("pages", (found.total() + SIZE - 1) / SIZE).addObject("first", (page - 1) * SIZE + 1).addObject("last", (page - 1) * SIZE + found.page().size());
    }

    @GetMapping("/{id:[0-9a-f]{8}-[0-9a-f-]{27}}")
    ModelAndView show(Actor actor, @PathVariable UUID id, @RequestParam Optional<String> done) {
        Enrolled certificate = certificate(actor, id);
        return page("admin/certificate").addObject("certificate", certificate).addObject("facts", CertificateFacts.of(certificate)).addObject("mayRevoke", mayRevoke(actor, certificate)).addObject("mayHold", mayRevoke(actor, certificate) && setAside.isPossible(certificate))
            .addObject("told", done.filter(TOLD::contains).map(word -> "enrolment.done." + word).orElse(""));
    }

    @GetMapping("/{id:[0-9a-f]{8}-[0-9a-f-]{27}}/certificate.pem")
    ResponseEntity<byte[]> pem(Actor actor, @PathVariable UUID id) {
        return CertificateFiles.pem(certificate(actor, id));
    }

    @GetMapping("/{id:[0-9a-f]{8}-[0-9a-f-]{27}}/certificate.cer")
    ResponseEntity<byte[]> der(Actor actor, @PathVariable UUID id) {
        return CertificateFiles.der(certificate(actor, id));
    }

    @GetMapping("/{id:[0-9a-f]{8}-[0-9a-f-]{27}}/chain.pem")
    ResponseEntity<byte[]> chain(Actor actor, @PathVariable UUID id) {
        return CertificateFiles.chain(certificate(actor, id));
    }

    @GetMapping("/{id:[0-9a-f]{8}-[0-9a-f-]{27}}/revoke")
    ModelAndView askBeforeRevoking(Actor actor, @PathVariable UUID id) {
        return revokePage(revocable(actor, id));
    }

    @PostMapping("/{id:[0-9a-f]{8}-[0-9a-f-]{27}}/revoke")
    ModelAndView revoke(Actor actor, @PathVariable UUID id, @RequestParam(defaultValue = "") String reason, @RequestParam(defaultValue = "") String why, HttpServletRequest request) {
        Enrolled certificate = revocable(actor, id);
        RevocationReason chosen = RevocationReason.named(reason).orElseThrow(() -> new Problem(Kind.MALFORMED_REQUEST, "No such reason."));
        if (!OrderRevocation.takesTwo(certificate, chosen)) {
            takeBack.revoke(certificate, chosen, actor.number(), request.getRemoteAddr());
            return Answers.seeOther(PATH + '/' + id + "?done=revoked");
        }
        if (why.isBlank() || why.length() > Approvals.LONGEST_REASON) {
            ModelAndView again = revokePage(certificate).addObject("chosen", chosen.word()).addObject("why", why).addObject("whyError", true);
            again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return again;
        }
        return Answers.seeOther("/approvals/" + revocations.ask(actor, certificate, chosen, why, request.getRemoteAddr()).id());
    }

    /** For a time: by one person, since it can be undone. */
    @PostMapping("/{id:[0-9a-f]{8}-[0-9a-f-]{27}}/hold")
    ModelAndView hold(Actor actor, @PathVariable UUID id, HttpServletRequest request) {
        setAside.hold(revocable(actor, id), actor.number(), request.getRemoteAddr());
        return Answers.seeOther(PATH + '/' + id + "?done=held");
    }

    /** Never by its owner: whoever held it may have known why. */
    @PostMapping("/{id:[0-9a-f]{8}-[0-9a-f-]{27}}/release")
    ModelAndView release(Actor actor, @PathVariable UUID id, HttpServletRequest request) {
        setAside.release(revocable(actor, id), actor.number(), request.getRemoteAddr());
        return Answers.seeOther(PATH + '/' + id + "?done=released");
    }

    private ModelAndView revokePage(Enrolled certificate) {
        return page("admin/certificate-revoke").addObject("certificate", certificate).addObject("reasons", RevocationReason.forGood()).addObject("chosen", "").addObject("why", "")
            .addObject("whyError", false).addObject("two", certificate.owner().kind() != Owner.Kind.PERSON);
    }

    /** Of what lies outside their part of the city nothing is told, not even that it is there. */
    private Enrolled certificate(Actor actor, UUID id) {
        Scope scope = Scope.of(actor, administration.index());
        return rows.find(id).filter(certificate -> scope.contains(certificate.owner())).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such certificate."));
    }

    private Enrolled revocable(Actor actor, UUID id) {
        Enrolled certificate = certificate(actor, id);
        if (!certificate.isRevocable(clock.instant())) {
            throw new Problem(Kind.CONFLICT, "There is nothing to revoke.");
        }
        May.require(mayRevoke(actor, certificate));
        return certificate;
    }

    /** Whoever may disable a person may revoke theirs; the installation's own are the operator's. */
    private boolean mayRevoke(Actor actor, Enrolled certificate) {
        String owner = certificate.owner().id();
        return certificate.isRevocable(clock.instant()) && !certificate.kind().isOurs() && switch (certificate.owner().kind()) {
            case PERSON -> administration.register().person(owner).map(person -> administration.people().may(actor, Act.DISABLE_PERSON, person)).orElse(mayAct(actor));
            case UNIT -> administration.register().unit(owner).map(unit -> administration.units().may(actor, Act.CHANGE_UNIT, unit)).orElse(mayAct(actor));
            case SYSTEM -> mayAct(actor);
        };
    }

    private static boolean mayAct(Actor actor) {
        return Rights.may(actor, Act.CHANGE_SETTINGS, Place.ofCity());
    }

    static boolean isAuditor(Actor actor) {
        return actor.roles().contains(Role.AUDITOR);
    }

    private static String known(String word, List<String> words) {
        return words.contains(word) ? word : "";
    }

    private ModelAndView page(String view) {
        return new ModelAndView(view).addObject("section", "certificates").addObject("now", clock.instant());
    }
}
