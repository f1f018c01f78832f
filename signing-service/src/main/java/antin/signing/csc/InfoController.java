package antin.signing.csc;

import antin.signing.signature.SignatureLevel;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What this service is and can do (CSC API 2.0.0.2, 11.1), for everybody. */
@RestController
public final class InfoController {

    private static final List<String> METHODS = List.of("info", "credentials/list", "credentials/info", "credentials/authorize", "credentials/extendTransaction",
        "signatures/signHash", "signatures/signDoc", "signatures/timestamp", "oauth2/authorize", "oauth2/token", "oauth2/revoke");

    private final String issuer;
    private final String publicUrl;

    public InfoController(String issuer, String publicUrl) {
        this.issuer = issuer;
        this.publicUrl = publicUrl;
    }

    @PostMapping(path = "/csc/v2/info", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> info(HttpServletRequest request) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("specs", "2.0.0.2");
        answer.put("name", "Ấn Tín");
        answer.put("logo", issuer + "/img/seal.svg");
        answer.put("region", "VN");
        answer.put("lang", "vi-VN");
        answer.put("description", "Ký số cho cơ quan và cán bộ của thành phố. Signatures of the city's agencies and people, at " + publicUrl + ".");
        answer.put("authType", List.of("oauth2code", "oauth2client"));
        answer.put("oauth2", issuer); // below it oauth2/authorize and oauth2/token (8.3)
        answer.put("oauth2Issuer", issuer); // its metadata (RFC 8414) name what else there is, such as pushed requests
        answer.put("supportedHashTypes", List.of("dtbsr", "sodr")); // of versions after 2.0: what hashes in an authorisation may be of
        answer.put("asynchronousOperationMode", false);
        answer.put("methods", METHODS);
        answer.put("validationInfo", false);
        answer.put("signAlgorithms", Map.of("algos", Algorithms.all()));
        answer.put("signature_formats", Map.of("formats", DocumentForm.FORMATS, "envelope_properties", DocumentForm.FORMATS.stream().map(DocumentForm::properties).toList()));
        answer.put("conformance_levels", Stream.of(SignatureLevel.values()).map(level -> DocumentForm.LEVELS + level).toList());
        return answer;
    }
}
