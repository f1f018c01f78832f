package antin.otp.account;

import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.factor.Device;
import antin.otp.factor.DeviceKind;
import antin.otp.factor.Devices;
import antin.otp.factor.Enrolments;
import antin.otp.factor.OneTimeCodes;
import antin.otp.factor.QrPicture;
import antin.otp.login.PersonFactors;
import antin.otp.login.PersonSessions;
import antin.otp.login.Target;
import antin.otp.passkey.Passkeys;
import antin.otp.sentcode.Destinations;
import antin.otp.sentcode.SentCodes;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** My devices and backup codes: added with a picture and a first code, removed after showing what that does. */
@Controller
@RequestMapping(FactorPages.PATH)
final class FactorPages {

    static final String PATH = "/account/factors";

    private final PersonFactors factors;
    private final Enrolments enrolments;
    private final OneTimeCodes codes;
    private final SentCodes sentCodes;
    private final Destinations destinations;
    private final PersonSessions sessions;

    FactorPages(PersonFactors factors, Enrolments enrolments, OneTimeCodes codes, SentCodes sentCodes, Destinations destinations, PersonSessions sessions) {
        this.factors = factors;
        this.enrolments = enrolments;
        this.codes = codes;
        this.sentCodes = sentCodes;
        this.destinations = destinations;
        this.sessions = sessions;
    }

    @GetMapping
    ModelAndView list(@ModelAttribute(value = "person", binding = false) Person person, @RequestParam Optional<String> added, @RequestParam Optional<String> removed, @RequestParam Optional<String> refused,
        @RequestParam Optional<String> resynced) {
        String number = person.number();
        return new ModelAndView("factors").addObject("devices", factors.devices(number)).addObject("passkeys", factors.passkeys(number)).addObject("left", factors.backupCodes(number))
            .addObject("ways", sentCodes.ways()).addObject("destinations", destinations.masked(number))
            .addObject("removable", factors.mayRemove(number)).addObject("full", factors.devices(number).size() >= Devices.MOST_PER_PERSON)
            .addObject("fullPasskeys", factors.passkeys(number).size() >= Passkeys.MOST_PER_PERSON)
            .addObject("good", added.isPresent() ? "factors.added" : removed.isPresent() ? "factors.removed" : resynced.isPresent() ? "factors.resynced" : null)
            .addObject("bad", refused.isPresent() ? "factors.passkey.refused" : null);
    }

    @GetMapping("/new")
    ModelAndView begin(@ModelAttribute(value = "person", binding = false) Person person, @RequestParam(defaultValue = "totp") String kind) {
        return page(person, DeviceKind.of(kind).orElse(DeviceKind.TOTP), "");
    }

    @PostMapping("/new")
    ModelAndView confirm(@ModelAttribute(value = "person", binding = false) Person person, @RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "") String code,
        @RequestParam(defaultValue = "totp") String kind, HttpServletRequest request) {
        String label = name.strip();
        boolean nameError = label.isEmpty() || label.length() > Devices.LONGEST_NAME;
        Optional<Device> device = nameError ? Optional.empty() : factors.addDevice(person.number(), label, code, request.getRemoteAddr());
        if (device.isEmpty()) {
            ModelAndView page = page(person, DeviceKind.of(kind).orElse(DeviceKind.TOTP), label).addObject("nameError", nameError).addObject("codeError", !nameError);
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
        return Target.seeOther(PATH + "?added");
    }

    @GetMapping("/{id}/remove")
    ModelAndView askBeforeRemoving(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable UUID id) {
        return new ModelAndView("factor-remove").addObject("name", device(person, id).name()).addObject("action", PATH + '/' + id + "/remove")
            .addObject("removable", factors.mayRemove(person.number()));
    }

    @PostMapping("/{id}/remove")
    ModelAndView remove(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable UUID id, HttpServletRequest request) {
        device(person, id);
        if (factors.removeDevice(person.number(), id, request.getRemoteAddr()).isEmpty()) {
            throw new Problem(Kind.CONFLICT, "The last factor stays.");
        }
        sessions.endBut(person.number(), request.getSession().getId()); // whoever holds a lost device may be logged in with it
        return Target.seeOther(PATH + "?removed");
    }

    @GetMapping("/{id}/resync")
    ModelAndView askForTwo(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable UUID id) {
        return new ModelAndView("factor-resync").addObject("device", device(person, id));
    }

    @PostMapping("/{id}/resync")
    ModelAndView resync(@ModelAttribute(value = "person", binding = false) Person person, @PathVariable UUID id, @RequestParam String first, @RequestParam String second) {
        Device device = device(person, id);
        return codes.resync(person.number(), id, first, second) ? Target.seeOther(PATH + "?resynced")
            : new ModelAndView("factor-resync", Map.of("device", device, "error", true), HttpStatus.UNPROCESSABLE_CONTENT);
    }

    @GetMapping("/backup-codes")
    ModelAndView askBeforeIssuing(@ModelAttribute(value = "person", binding = false) Person person) {
        return new ModelAndView("backup-codes").addObject("left", factors.backupCodes(person.number()));
    }

    @PostMapping("/backup-codes")
    ModelAndView issue(@ModelAttribute(value = "person", binding = false) Person person, HttpServletRequest request) {
        return new ModelAndView("backup-codes").addObject("codes", factors.issueBackupCodes(person.number(), request.getRemoteAddr()));
    }

    private ModelAndView page(Person person, DeviceKind kind, String name) {
        Enrolments.Begun begun = enrolments.begin(person.number(), kind);
        return new ModelAndView("factor-new").addObject("begun", begun).addObject("picture", QrPicture.of(begun.uri(person.address()))).addObject("action", PATH + "/new").addObject("name", name);
    }

    private Device device(Person person, UUID id) {
        return factors.devices(person.number()).stream().filter(known -> known.id().equals(id)).findFirst().orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such device."));
    }
}
