package antin.otp.outside;

import static java.nio.charset.StandardCharsets.UTF_8;

import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.login.ActivePeople;
import antin.otp.login.Factors;
import antin.otp.login.LoginSession;
import antin.otp.login.Outcomes;
import antin.otp.login.Target;
import antin.otp.policy.Factor;
import antin.otp.vault.Sealed;
import antin.otp.vault.Vault;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** There and back. What belongs together, state, nonce and verifier, travels sealed in a cookie of that browser: strangers cost no row, and nobody finishes what another began. */
@Controller
final class OutsidePages {

    static final String PATH = "/login/outside";
    static final String BACK = "/login/outside/back";
    private static final String ACT = "login.outside";
    private static final String COOKIE = "__Host-outside";
    private static final String USE = "outside login";
    private static final Duration TIME = Duration.ofMinutes(10);
    private static final int BYTES = 32;

    private record Begun(String state, String nonce, String verifier, Target target) {
    }

    private final Optional<OutsideProvider> provider;
    private final Vault vault;
    private final ActivePeople people;
    private final Factors factors;
    private final LoginSession session;
    private final Outcomes outcomes;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    OutsidePages(OutsideConfiguration.OutsideLogin outside, Vault vault, ActivePeople people, Factors factors, LoginSession session, Outcomes outcomes, Clock clock) {
        this.provider = outside.provider();
        this.vault = vault;
        this.people = people;
        this.factors = factors;
        this.session = session;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    @GetMapping(PATH)
    ModelAndView go(@RequestParam Optional<String> to, HttpServletResponse response) {
        Begun begun = new Begun(text(), text(), text(), Target.of(to.orElse(null)));
        String address = provider().address(begun.state(), begun.nonce(), begun.verifier()).toString();
        response.addCookie(cookie(sealed(begun), TIME));
        return Target.seeOther(address);
    }

    @GetMapping(BACK)
    ModelAndView back(@RequestParam Optional<String> code, @RequestParam Optional<String> state, @RequestParam Optional<String> iss, HttpServletRequest request, HttpServletResponse response) {
        Optional<Begun> begun = begun(request);
        response.addCookie(cookie("", Duration.ZERO)); // once
        OutsideProvider outside = provider();
        if (begun.isEmpty() || code.isEmpty() || !isSame(begun.get().state(), state.orElse("")) || !outside.mayBe(iss)) {
            return refused("answer", request);
        }
        Optional<String> untrustedName = outside.who(code.get(), begun.get().nonce(), begun.get().verifier());
        Optional<Person> person = untrustedName.flatMap(people::find);
        if (person.isEmpty()) {
            return refused(untrustedName.isEmpty() ? "token" : "unknown", request);
        }
        outcomes.accepted(ACT, person.get().number(), request.getRemoteAddr(), Map.of());
        session.begin(factors.first(Factor.OUTSIDE, person.get().number()), request, response);
        return Target.seeOther(begun.get().target().through("/login/code"));
    }

    private ModelAndView refused(String reason, HttpServletRequest request) {
        outcomes.refused(ACT, "", request.getRemoteAddr(), reason);
        return Target.seeOther("/login");
    }

    private OutsideProvider provider() {
        return provider.orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no other login."));
    }

    private String sealed(Begun begun) {
        String until = Long.toString(clock.instant().plus(TIME).getEpochSecond());
        Sealed sealed = vault.seal(USE, "cookie", String.join("\n", until, begun.state(), begun.nonce(), begun.verifier(), begun.target().path()).getBytes(UTF_8));
        return sealed.keyId() + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.bytes());
    }

    private Optional<Begun> begun(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        Optional<String> value = cookies == null ? Optional.empty() : Arrays.stream(cookies).filter(cookie -> COOKIE.equals(cookie.getName())).map(Cookie::getValue).findFirst();
        try {
            return value.map(text -> text.split("\\.", 2)).filter(parts -> parts.length == 2)
                .map(parts -> new String(vault.open(USE, "cookie", new Sealed(parts[0], Base64.getUrlDecoder().decode(parts[1]))), UTF_8).split("\n", 5))
                .filter(parts -> parts.length == 5 && Instant.ofEpochSecond(Long.parseLong(parts[0])).isAfter(clock.instant()))
                .map(parts -> new Begun(parts[1], parts[2], parts[3], Target.of(parts[4])));
        } catch (Problem | IllegalArgumentException e) {
            return Optional.empty(); // not ours
        }
    }

    private static Cookie cookie(String value, Duration life) {
        Cookie cookie = new Cookie(COOKIE, value);
        cookie.setPath("/");
        cookie.setSecure(true);
        cookie.setHttpOnly(true);
        cookie.setMaxAge(Math.toIntExact(life.toSeconds()));
        cookie.setAttribute("SameSite", "Lax"); // Strict would not come back with the other provider's answer
        return cookie;
    }

    private static boolean isSame(String ours, String untrusted) {
        return MessageDigest.isEqual(ours.getBytes(UTF_8), untrusted.getBytes(UTF_8));
    }

    private String text() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
