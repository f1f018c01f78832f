package antin.otp.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class AudienceTest {

    private final Audience audience = new Audience(new OidcSettings("https://localhost:8440", "urn:antin:mail", "https://localhost:8443"));

    @Test
    void followsTheScopes() {
        assertThat(audience.of(Set.of("openid", "mail.imap", "mail.smtp"))).hasValue("urn:antin:mail");
        assertThat(audience.of(Set.of("sign", "timestamp", "seal:sample-seal"))).hasValue("https://localhost:8443");
        assertThat(audience.of(Set.of("service", "credential"))).hasValue("https://localhost:8443");
        assertThat(audience.of(Set.of("directory.read"))).hasValue("https://localhost:8440");
        assertThat(audience.of(Set.of("openid", "email"))).hasValue("https://localhost:8440");
    }

    @Test
    void isNoneForTwoServicesOrNothing() {
        assertThat(audience.of(Set.of("mail.imap", "sign"))).isEmpty();
        assertThat(audience.of(Set.of("openid", "directory.read", "validate"))).isEmpty();
        assertThat(audience.of(Set.of())).isEmpty();
    }
}
