package antin.otp.account;

import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The account's first page: who I am, and where everything about my login is. */
@Controller
@RequestMapping("/account")
final class AccountPages {

    @GetMapping
    ModelAndView account(@RequestParam Optional<String> changed) {
        return new ModelAndView("account").addObject("changed", changed.isPresent());
    }
}
