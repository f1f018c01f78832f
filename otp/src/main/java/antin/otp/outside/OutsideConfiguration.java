package antin.otp.outside;

import antin.kernel.tls.TlsMaterial;
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

/** The other login, where the process lends {@link OutsideSettings}. */
@Configuration(proxyBeanMethods = false)
@Import({OutsidePages.class, OutsideConfiguration.Button.class})
public class OutsideConfiguration {

    /** The other provider, if there is one: Spring hands no {@code Optional} on as a bean. */
    record OutsideLogin(Optional<OutsideProvider> provider) {
    }

    @Bean
    OutsideLogin outsideLogin(ObjectProvider<OutsideSettings> settings, OidcSettings oidc, Clock clock) {
        return new OutsideLogin(Optional.ofNullable(settings.getIfAvailable()).map(present -> new OutsideProvider(present, URI.create(oidc.issuer() + OutsidePages.BACK),
            present.trustFile().map(file -> TlsMaterial.clientTrusting(file).getSocketFactory()).orElseGet(() -> (SSLSocketFactory) SSLSocketFactory.getDefault()), clock)));
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
