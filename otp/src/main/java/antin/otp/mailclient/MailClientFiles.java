package antin.otp.mailclient;

import antin.otp.oidc.OidcSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What mail programs fetch by themselves, and what machines are rolled out with: open to everybody, the same for everybody, without a secret. */
@Controller
final class MailClientFiles {

    static final String WELL_KNOWN = "/.well-known/autoconfig/mail/config-v1.1.xml";
    static final String CONFIG = "/mail/config-v1.1.xml";
    static final String AUTODISCOVER = "/autodiscover/autodiscover.xml";
    static final String AUTODISCOVER_CAPITALS = "/Autodiscover/Autodiscover.xml";
    static final String AUTODISCOVER_JSON = "/autodiscover/autodiscover.json";
    static final String ADD_ON = "/mail-clients/an-tin-thunderbird.xpi";
    static final String POLICIES = "/mail-clients/policies.json";

    private final Autoconfig autoconfig;
    private final Autodiscover autodiscover;
    private final ThunderbirdAddOn addOn;
    private final String issuer;

    MailClientFiles(MailServerAddress server, OidcSettings settings) {
        this.issuer = settings.issuer();
        this.autoconfig = new Autoconfig(server, issuer);
        this.autodiscover = new Autodiscover(server);
        this.addOn = new ThunderbirdAddOn(server, issuer);
    }

    @GetMapping({WELL_KNOWN, CONFIG})
    ResponseEntity<byte[]> thunderbird(@RequestParam(name = "emailaddress") Optional<String> untrustedAddress) {
        return xml(autoconfig.answer(untrustedAddress));
    }

    @PostMapping({AUTODISCOVER, AUTODISCOVER_CAPITALS})
    ResponseEntity<byte[]> outlook(HttpServletRequest request) throws IOException {
        byte[] question = request.getInputStream().readNBytes(Autodiscover.LARGEST + 1);
        if (question.length > Autodiscover.LARGEST) {
            return ResponseEntity.status(HttpStatus.CONTENT_TOO_LARGE).build();
        }
        return autodiscover.answer(question).map(MailClientFiles::xml).orElseGet(() -> ResponseEntity.badRequest().build());
    }

    /** Version 2 asks where version 1 is. */
    @GetMapping(AUTODISCOVER_JSON)
    ResponseEntity<String> outlookNew(@RequestParam(name = "Protocol", defaultValue = "") String protocol) {
        if (!protocol.equalsIgnoreCase("AutodiscoverV1")) {
            return ResponseEntity.status(HttpStatus.NOT_FOUND).contentType(MediaType.APPLICATION_JSON)
                .body("{\"ErrorCode\":\"ProtocolNotSupported\",\"ErrorMessage\":\"AutodiscoverV1 is served here.\"}");
        }
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body("{\"Protocol\":\"AutodiscoverV1\",\"Url\":\"" + issuer + AUTODISCOVER + "\"}");
    }

    @GetMapping(ADD_ON)
    ResponseEntity<byte[]> addOn() {
        return file("application/x-xpinstall", "an-tin-thunderbird.xpi", addOn.xpi());
    }

    @GetMapping(POLICIES)
    ResponseEntity<byte[]> policies() {
        return file("application/json", "policies.json", addOn.policies().getBytes(StandardCharsets.UTF_8));
    }

    static ResponseEntity<byte[]> file(String type, String name, byte[] content) {
        return ResponseEntity.ok().contentType(MediaType.parseMediaType(type)).header("Content-Disposition", "attachment; filename=\"" + name + '"')
            .cacheControl(CacheControl.noStore()).body(content);
    }

    private static ResponseEntity<byte[]> xml(byte[] content) {
        return ResponseEntity.ok().contentType(new MediaType(MediaType.TEXT_XML, StandardCharsets.UTF_8)).body(content);
    }
}
