package antin.otp.login;

import antin.directory.Person;
import antin.otp.policy.Factor;
import antin.otp.policy.LoginPolicy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * A certificate on a token, which TLS asked for: the second step of a login, or the only one where the policy lets it be. The token asked its
 * holder for the PIN; whose certificate it is, the authority says.
 */
@Controller
final class CertificatePages {

    static final String PATH = "/login/certificate";
    private static final String ACT = "login.certificate";
    private static final String CHAIN = "jakarta.servlet.request.X509Certificate"; // Jakarta Servlet 6, 3.10

    private final CertificateOwners owners;
    private final TokenPort port;
    private final ActivePeople people;
    private final LoginPolicy policy;
    private final Factors factors;
    private final SecondStep second;
    private final LoginSession session;
    private final Outcomes outcomes;

    CertificatePages(CertificateOwners owners, TokenPort port, ActivePeople people, LoginPolicy policy, Factors factors, SecondStep second, LoginSession session, Outcomes outcomes) {
        this.owners = owners;
        this.port = port;
        this.people = people;
        this.policy = policy;
        this.factors = factors;
        this.second = second;
        this.session = session;
        this.outcomes = outcomes;
    }

    /** No form: whoever is led here proves nobody but themselves, with their own token. */
    @GetMapping(PATH)
    ModelAndView check(@RequestParam Optional<String> to, @Nullable Authentication present, HttpServletRequest request, HttpServletResponse response) {
        Target target = Target.of(to.orElse(null));
        if (request.getLocalPort() != port.number()) {
            return Target.seeOther(port.page(target).orElse(target.through(LoginPages.LOGIN)));
        }
        String address = request.getRemoteAddr();
        if (!(request.getAttribute(CHAIN) instanceof X509Certificate[] chain) || chain.length == 0) {
            return refusal("certificate.none", target);
        }
        Optional<Person> owner = owners.number(chain[0]).flatMap(people::find);
        if (owner.isEmpty()) {
            outcomes.refused(ACT, chain[0].getSubjectX500Principal().getName(), address, "unknown");
            return refusal("certificate.unknown", target);
        }
        return known(owner.get(), chain[0], target, present, request, response);
    }

    private ModelAndView known(Person person, X509Certificate certificate, Target target, @Nullable Authentication present, HttpServletRequest request, HttpServletResponse response) {
        String address = request.getRemoteAddr();
        Map<String, String> details = Map.of("serial", certificate.getSerialNumber().toString(16));
        if (!policy.second(person, address).contains(Factor.CERTIFICATE)) {
            outcomes.refused(ACT, person.number(), address, "not-allowed");
            return refusal("certificate.not-allowed", target);
        }
        if (present != null && present.getName().equals(person.number()) && Factors.begun(present).isPresent()) {
            outcomes.accepted(ACT, person.number(), address, details);
            return second.proven(factors.with(Factor.CERTIFICATE, present), target, person, request, response);
        }
        if (policy.certificateAlone(person, address)) {
            outcomes.accepted(ACT, person.number(), address, details);
            Authentication proven = factors.first(Factor.CERTIFICATE, person.number());
            session.begin(proven, request, response);
            return second.proven(proven, target, person, request, response);
        }
        outcomes.refused(ACT, person.number(), address, "password-first");
        return refusal("certificate.password-first", target);
    }

    private static ModelAndView refusal(String text, Target target) {
        ModelAndView page = new ModelAndView("login-certificate", HttpStatus.UNAUTHORIZED);
        return page.addObject("text", text).addObject("target", target);
    }
}
