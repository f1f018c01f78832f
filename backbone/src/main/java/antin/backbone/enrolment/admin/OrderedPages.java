package antin.backbone.enrolment.admin;

import antin.backbone.admin.Answers;
import antin.backbone.enrolment.OrderCertificate;
import antin.backbone.enrolment.OrderRevocation;
import antin.ca.enrol.RequestRefusal;
import antin.directory.rights.Actor;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** What a second administrator allowed about a certificate is carried out by whoever asked. */
@Controller
public final class OrderedPages {

    private static final String PATH = "/admin/certificates/";

    private final OrderCertificate orders;
    private final OrderRevocation revocations;

    public OrderedPages(OrderCertificate orders, OrderRevocation revocations) {
        this.orders = orders;
        this.revocations = revocations;
    }

    @PostMapping(PATH + "orders/{approval}/carry-out")
    ModelAndView issue(Actor actor, @PathVariable UUID approval, HttpServletRequest request) {
        try {
            return Answers.seeOther(PATH + orders.carryOut(actor, approval, request.getRemoteAddr()).id() + "?done=issued");
        } catch (RequestRefusal refusal) {
            // What the authority refuses has a row that says why; what is refused before that has none
            return orders.certificate(approval).map(id -> Answers.seeOther(PATH + id)).orElseThrow(() -> new Problem(Kind.CONFLICT, String.valueOf(refusal.getMessage()), refusal));
        } catch (Problem e) {
            if (e.kind() == Kind.PEER_UNAVAILABLE && orders.certificate(approval).isPresent()) {
                return Answers.seeOther(PATH + orders.certificate(approval).get() + "?done=asked"); // asked again by itself
            }
            throw e;
        }
    }

    @PostMapping(PATH + "revocations/{approval}/carry-out")
    ModelAndView revoke(Actor actor, @PathVariable UUID approval, HttpServletRequest request) {
        return Answers.seeOther(PATH + revocations.carryOut(actor, approval, request.getRemoteAddr()).id() + "?done=revoked");
    }
}
