package antin.otp.outside;

import antin.otp.oidc.OidcSettings;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** The other login, where the process lends {@link OutsideSettings}. It is trusted by the machine's certificate authorities, or by what the process lends as {@code SSLSocketFactory}. */
@Configuration(proxyBeanMethods = false)
@Import({OutsidePages.class, OutsideConfiguration.Button.class})
public class OutsideConfiguration {

    @Bean
    Optional<OutsideProvider> outsideProvider(ObjectProvider<OutsideSettings> settings, ObjectProvider<SSLSocketFactory> tls, OidcSettings oidc, Clock clock) {
        return Optional.ofNullable(settings.getIfAvailable()).map(present -> new OutsideProvider(present, URI.create(oidc.issuer() + OutsidePages.BACK),
            tls.getIfAvailable(() -> (SSLSocketFactory) SSLSocketFactory.getDefault()), clock));
    }

    /** Tells the login page what to write on its button. */
    @ControllerAdvice("antin.otp.login")
    static final class Button {

        private final String text;

        Button(ObjectProvider<OutsideSettings> settings) {
            OutsideSettings present = settings.getIfAvailable();
            this.text = present == null ? "" : present.button();
        }

        @ModelAttribute("outside")
        String outside() {
            return text;
        }
    }
}
