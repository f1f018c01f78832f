package antin.otp.account;

import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.login.FactorNews;
import antin.otp.login.Target;
import antin.otp.mailclient.MailServerAddress;
import antin.otp.sentcode.Destinations;
import antin.otp.sentcode.SentCodes;
import antin.otp.sentcode.Way;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Where codes are sent to me: an address outside the city and a telephone, each confirmed by a code that came there. */
@Controller
@RequestMapping(FactorPages.PATH + "/destinations/{way}")
final class DestinationPages {

    private final SentCodes codes;
    private final Destinations destinations;
    private final MailServerAddress mail;
    private final FactorNews news;
    private final TransactionTemplate transactions;
    private final MessageSource texts;

    DestinationPages(SentCodes codes, Destinations destinations, MailServerAddress mail, FactorNews news, PlatformTransactionManager transactions, MessageSource texts) {
        this.codes = codes;
        this.destinations = destinations;
        this.mail = mail;
        this.news = news;
        this.transactions = new TransactionTemplate(transactions);
        this.texts = texts;
    }

    @ModelAttribute("way")
    Way way(@PathVariable String way) {
        return Way.of(way).filter(codes.ways()::contains).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "Codes are not sent this way here."));
    }

    @GetMapping
    ModelAndView ask(@ModelAttribute(value = "way", binding = false) Way way) {
        return page(way, "", null);
    }

    @PostMapping
    ModelAndView propose(@ModelAttribute(value = "person", binding = false) Person person, @ModelAttribute(value = "way", binding = false) Way way,
        @RequestParam(defaultValue = "") String destination) {
        Optional<String> fit = way.destination(destination).filter(this::isOutside);
        if (fit.isEmpty()) {
            return page(way, destination, "sent.wrong." + way.word());
        }
        String text = texts.getMessage("sent.text", new Object[] {"%s"}, Locale.forLanguageTag(person.language()));
        return switch (codes.propose(person.number(), way, fit.get(), text)) {
            case SENT -> confirmation(way, null);
            case NOT_NOW -> page(way, destination, "sent.wait");
            case FAILED -> page(way, destination, "sent.failed", HttpStatus.SERVICE_UNAVAILABLE);
        };
    }

    @PostMapping("/confirm")
    ModelAndView confirm(@ModelAttribute(value = "person", binding = false) Person person, @ModelAttribute(value = "way", binding = false) Way way,
        @RequestParam(defaultValue = "") String code, HttpServletRequest request) {
        boolean added = Boolean.TRUE.equals(transactions.execute(transaction -> {
            boolean right = codes.confirm(person.number(), way, code);
            if (right) {
                news.added(person.number(), request.getRemoteAddr(), details(way));
            }
            return right;
        }));
        if (!added) {
            return confirmation(way, "sent.code.wrong");
        }
        return Target.seeOther(FactorPages.PATH + "?added");
    }

    @PostMapping("/remove")
    ModelAndView remove(@ModelAttribute(value = "person", binding = false) Person person, @ModelAttribute(value = "way", binding = false) Way way, HttpServletRequest request) {
        transactions.executeWithoutResult(transaction -> {
            if (destinations.remove(person.number(), way)) {
                news.removed(person.number(), request.getRemoteAddr(), details(way));
            }
        });
        return Target.seeOther(FactorPages.PATH + "?removed");
    }

    private static Map<String, String> details(Way way) {
        return Map.of("kind", way.factor().word());
    }

    /** A mailbox of the city is opened with what the code is for. */
    private boolean isOutside(String destination) {
        String domain = destination.substring(destination.indexOf('@') + 1).toLowerCase(Locale.ROOT);
        return !domain.equals(mail.domain()) && !domain.endsWith('.' + mail.domain());
    }

    private static ModelAndView page(Way way, String destination, @Nullable String error) {
        return page(way, destination, error, error == null ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private static ModelAndView page(Way way, String destination, @Nullable String error, HttpStatus status) {
        ModelAndView page = new ModelAndView("destination", status);
        return page.addObject("way", way).addObject("destination", destination).addObject("error", error);
    }

    private static ModelAndView confirmation(Way way, @Nullable String error) {
        ModelAndView page = new ModelAndView("destination-confirm").addObject("way", way).addObject("error", error);
        if (error != null) {
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return page;
    }
}
