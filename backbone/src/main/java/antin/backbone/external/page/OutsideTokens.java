package antin.backbone.external.page;

import antin.backbone.enrolment.page.ScriptJson;
import antin.backbone.external.RegisterOutside;
import antin.ca.external.Challenge;
import antin.ca.external.OutsideFault;
import antin.ca.external.OutsideRefusal;
import antin.ca.external.Proof;
import antin.ca.external.Registered;
import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * The door for a page's script with a bridge to a token, in the session of the page and with its CSRF token in {@code X-XSRF-TOKEN}: {@code token-challenges} takes
 * {@code {"certificate", "unit"}} and answers {@code {"id", "challenge", "ends"}}; {@code token-signatures} takes {@code {"id", "form", "signature"}} and answers
 * {@code {"sha256", "serial", "state"}}. Octets are in base64.
 */
@Controller
final class OutsideTokens {

    /** @param unit empty or absent for one's own */
    record Beginning(@Nullable String certificate, @Nullable String unit) {
    }

    /** @param form {@code rsa-pkcs1}, {@code rsa-pss}, {@code ecdsa} or {@code cms-detached} */
    record Ending(@Nullable String id, @Nullable String form, @Nullable String signature) {
    }

    private static final int LARGEST = 2 * Proof.LARGEST_SIGNATURE;

    private final RegisterOutside register;
    private final MessageSource messages;

    OutsideTokens(RegisterOutside register, MessageSource messages) {
        this.register = register;
        this.messages = messages;
    }

    @PostMapping(path = OutsidePages.PATH + "/token-challenges", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> begin(@ModelAttribute(value = "person", binding = false) Person person, HttpServletRequest request, Locale locale) throws IOException {
        return answer(request, Beginning.class, locale, question -> {
            Challenge challenge = register.begin(person, question.unit() == null ? "" : question.unit(), decoded(question.certificate()));
            return Map.of("id", challenge.id(), "challenge", Base64.getEncoder().encodeToString(challenge.toBeSigned()), "ends", challenge.ends().toString());
        });
    }

    @PostMapping(path = OutsidePages.PATH + "/token-signatures", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> end(@ModelAttribute(value = "person", binding = false) Person person, HttpServletRequest request, Locale locale) throws IOException {
        return answer(request, Ending.class, locale, question -> {
            Proof.Form form = Arrays.stream(Proof.Form.values()).filter(one -> one.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(question.form())).findFirst()
                .orElseThrow(() -> new Problem(Kind.MALFORMED_REQUEST, "There is no such form."));
            Registered registered = register.finish(person, String.valueOf(question.id()), new Proof(form, decoded(question.signature())), request.getRemoteAddr());
            return Map.of("sha256", registered.certificateSha256(), "serial", registered.serial(), "state", registered.state().word());
        });
    }

    private <T> ResponseEntity<Map<String, Object>> answer(HttpServletRequest request, Class<T> type, Locale locale, Function<T, Map<String, Object>> act) throws IOException {
        try {
            return ResponseEntity.status(HttpStatus.CREATED).contentType(MediaType.APPLICATION_JSON).body(act.apply(question(request.getInputStream().readNBytes(LARGEST + 1), type)));
        } catch (OutsideRefusal refusal) {
            String word = refusal.fault().word();
            int status = refusal.fault() == OutsideFault.STATUS_UNKNOWN ? 503 : 422;
            return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(Map.of("type", "/problems/outside-certificate", "status", status,
                "title", messages.getMessage("outside.refused", null, locale), "detail", messages.getMessage("outside.fault." + word, null, locale), "fault", word));
        }
    }

    private static <T> T question(byte[] untrustedBody, Class<T> type) {
        if (untrustedBody.length > LARGEST) {
            throw new OutsideRefusal(OutsideFault.TOO_LARGE);
        }
        return ScriptJson.read(untrustedBody, type);
    }

    private static byte[] decoded(@Nullable String base64) {
        if (base64 == null) {
            throw new OutsideRefusal(OutsideFault.MISSING);
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new OutsideRefusal(OutsideFault.UNREADABLE);
        }
    }
}
