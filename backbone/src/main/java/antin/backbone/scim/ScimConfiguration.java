package antin.backbone.scim;

import antin.otp.oidc.OidcSettings;
import antin.web.SecurityHeaders;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.savedrequest.NullRequestCache;

/** A chain of filters of its own, before the pages': what counts here is the token, and never a person's session. */
@Configuration(proxyBeanMethods = false)
@Import({Groups.class, Users.class, ScimAnswers.class})
public class ScimConfiguration {

    static final String READ = "directory.read";

    @Bean
    @Order(1)
    SecurityFilterChain scimChain(HttpSecurity http, JwtDecoder accessTokens, OidcSettings settings) {
        TokenRefusals refusals = new TokenRefusals();
        http.securityMatcher(ScimAnswers.ROOT + "/**")
            .authorizeHttpRequests(rules -> rules.anyRequest().hasAuthority("SCOPE_" + READ))
            .oauth2ResourceServer(tokens -> tokens.jwt(jwt -> jwt.decoder(new DirectoryTokens(accessTokens, settings.issuer())))
                .authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
            .exceptionHandling(handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
            .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
            .requestCache(cache -> cache.requestCache(new NullRequestCache()))
            .csrf(AbstractHttpConfigurer::disable) // no browser sends a token by itself
            .logout(AbstractHttpConfigurer::disable)
            .headers(new SecurityHeaders());
        return http.build();
    }
}
