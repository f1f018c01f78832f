package antin.backbone.enrolment.page;

import antin.backbone.enrolment.CertificateKind;
import antin.backbone.enrolment.Enrol;
import antin.backbone.enrolment.Enrolled;
import antin.backbone.enrolment.Owner;
import antin.ca.enrol.RequestFault;
import antin.ca.enrol.RequestFile;
import antin.ca.enrol.RequestRefusal;
import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * {@code POST /account/certificates/token-requests}: a page's script sends the PKCS#10 of a key that it had made in a token, {@code {"profile", "pkcs10"}} with base64, and gets
 * {@code {"id", "serial", "chain"}}, the chain in base64 of DER with its own certificate first. In the session of the page, with its CSRF token in {@code X-XSRF-TOKEN}.
 */
@Controller
final class TokenRequests {

    record Question(@Nullable String profile, @Nullable String pkcs10) {
    }

    private static final int LARGEST = 2 * RequestFile.LARGEST;

    private final Enrol enrol;
    private final MessageSource messages;

    TokenRequests(Enrol enrol, MessageSource messages) {
        this.enrol = enrol;
        this.messages = messages;
    }

    @PostMapping(path = OwnPages.PATH + "/token-requests", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> ask(@ModelAttribute(value = "person", binding = false) Person person, HttpServletRequest request, Locale locale) throws IOException {
        try {
            Question question = question(request.getInputStream().readNBytes(LARGEST + 1));
            CertificateKind kind = CertificateKind.of(String.valueOf(question.profile())).filter(CertificateKind.of(Owner.Kind.PERSON)::contains)
                .orElseThrow(() -> new Problem(Kind.MALFORMED_REQUEST, "There is no such profile."));
            return answer(enrol.enrol(OwnWishes.of(person, kind, decoded(question.pkcs10()), request.getRemoteAddr())));
        } catch (RequestRefusal refusal) {
            String word = refusal.fault().word();
            return ResponseEntity.unprocessableContent().contentType(MediaType.APPLICATION_PROBLEM_JSON).body(Map.of("type", "/problems/certificate-request", "status", 422,
                "title", messages.getMessage("enrolment.refused", null, locale), "detail", messages.getMessage("enrolment.fault." + word, null, locale), "fault", word));
        }
    }

    private static Question question(byte[] untrustedBody) {
        if (untrustedBody.length > LARGEST) {
            throw new RequestRefusal(RequestFault.TOO_LARGE);
        }
        return ScriptJson.read(untrustedBody, Question.class);
    }

    private static byte[] decoded(@Nullable String base64) {
        if (base64 == null) {
            throw new RequestRefusal(RequestFault.MISSING);
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new RequestRefusal(RequestFault.UNREADABLE);
        }
    }

    private static ResponseEntity<Map<String, Object>> answer(Enrolled enrolled) {
        Enrolled.Issued issued = enrolled.issued().orElseThrow();
        List<String> chain = new ArrayList<>();
        for (X509Certificate certificate : issued.certificates()) {
            try {
                chain.add(Base64.getEncoder().encodeToString(certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("A certificate that was read does not encode", e);
            }
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", enrolled.id().toString());
        answer.put("serial", issued.serial());
        answer.put("chain", chain);
        return ResponseEntity.status(201).contentType(MediaType.APPLICATION_JSON).body(answer);
    }
}
