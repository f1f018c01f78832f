package antin.otp.account;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The pages below {@code /account} that are about logging in. */
@Configuration(proxyBeanMethods = false)
@Import({Owner.class, AccountPages.class, FactorPages.class, PasskeyFactorPages.class, DestinationPages.class, SessionPages.class, ActivityPages.class})
public class AccountConfiguration {
}
