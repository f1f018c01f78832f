package antin.backbone.enrolment.admin;

import antin.backbone.admin.Answers;
import antin.backbone.admin.Form;
import antin.backbone.admin.May;
import antin.backbone.approval.Approval;
import antin.backbone.approval.Approvals;
import antin.backbone.enrolment.CertificateKind;
import antin.backbone.enrolment.EnrolledRows;
import antin.backbone.enrolment.OrderCertificate;
import antin.backbone.enrolment.OrderNames;
import antin.backbone.enrolment.Owner;
import antin.backbone.enrolment.page.SentRequest;
import antin.ca.enrol.RequestFault;
import antin.ca.enrol.RequestRefusal;
import antin.directory.UnitEntry;
import antin.directory.administration.Administration;
import antin.directory.administration.Seen;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import antin.directory.rights.Place;
import antin.directory.rights.Rights;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The certificates of one agency and of the city's systems, and asking for another: a second administrator has to allow it. */
@Controller
public final class OrderPages {

    static final String AGENCIES = "/admin/certificates/agencies";
    static final String SYSTEMS = "/admin/certificates/systems";

    private final Administration administration;
    private final EnrolledRows rows;
    private final OrderCertificate orders;
    private final OrderNames names;
    private final Clock clock;

    public OrderPages(Administration administration, EnrolledRows rows, OrderCertificate orders, OrderNames names, Clock clock) {
        this.administration = administration;
        this.rows = rows;
        this.orders = orders;
        this.names = names;
        this.clock = clock;
    }

    @GetMapping(AGENCIES)
    ModelAndView agency(Actor actor, @RequestParam String unit) {
        return agencyPage(actor, unit);
    }

    @PostMapping(AGENCIES)
    ModelAndView askForAgency(Actor actor, Form form, HttpServletRequest request) throws IOException, ServletException {
        String unit = form.text("unit");
        ModelAndView page = agencyPage(actor, unit);
        CertificateKind kind = kind(form, Owner.Kind.UNIT);
        byte[] sent = SentRequest.of(request, form.text("text"));
        return answer(page, form, () -> orders.askForAgency(actor, unit, kind, form.text("address"), sent, form.text("reason"), request.getRemoteAddr()));
    }

    @GetMapping(SYSTEMS)
    ModelAndView systems(Actor actor) {
        return systemsPage(actor);
    }

    @PostMapping(SYSTEMS)
    ModelAndView askForSystem(Actor actor, Form form, HttpServletRequest request) throws IOException, ServletException {
        ModelAndView page = systemsPage(actor);
        CertificateKind kind = kind(form, Owner.Kind.SYSTEM);
        byte[] sent = SentRequest.of(request, form.text("text"));
        return answer(page, form, () -> orders.askForSystem(actor, form.text("name"), kind, form.list("hosts"), sent, form.text("reason"), request.getRemoteAddr()));
    }

    private interface Asking {
        Approval ask();
    }

    private static ModelAndView answer(ModelAndView page, Form form, Asking asking) {
        page.addObject("values", form.values());
        String reason = form.text("reason");
        if (reason.isEmpty() || reason.length() > Approvals.LONGEST_REASON) {
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page.addObject("fault", "reason");
        }
        try {
            return Answers.seeOther("/approvals/" + asking.ask().id());
        } catch (RequestRefusal refusal) {
            if (refusal.fault() == RequestFault.A_PRIVATE_KEY) {
                page.addObject("values", new Form(Map.of("reason", new String[] {reason})).values());
            }
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page.addObject("fault", refusal.fault().word());
        }
    }

    private ModelAndView agencyPage(Actor actor, String id) {
        Seen<UnitEntry> seen = administration.units().see(actor, id);
        May.require(seen.whole());
        UnitEntry unit = seen.entry();
        return page("admin/agency-certificates").addObject("unit", unit).addObject("certificates", rows.of(Owner.unit(id))).addObject("kinds", CertificateKind.of(Owner.Kind.UNIT))
            .addObject("addresses", names.addresses(unit)).addObject("mayAsk", unit.active() && administration.units().may(actor, Act.CHANGE_UNIT, unit));
    }

    private ModelAndView systemsPage(Actor actor) {
        boolean mayAsk = Rights.may(actor, Act.CHANGE_SETTINGS, Place.ofCity());
        May.require(mayAsk || AuthorityPages.isAuditor(actor));
        return page("admin/system-certificates").addObject("certificates", rows.ofSystems()).addObject("kinds", CertificateKind.of(Owner.Kind.SYSTEM)).addObject("mayAsk", mayAsk);
    }

    private static CertificateKind kind(Form form, Owner.Kind owner) {
        return CertificateKind.of(form.text("kind")).filter(CertificateKind.of(owner)::contains).orElseThrow(() -> new Problem(Kind.MALFORMED_REQUEST, "No such kind."));
    }

    private ModelAndView page(String view) {
        return new ModelAndView(view).addObject("section", "certificates").addObject("now", clock.instant()).addObject("values", new Form(Map.of()).values()).addObject("fault", "");
    }
}
