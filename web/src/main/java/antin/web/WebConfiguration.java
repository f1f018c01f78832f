package antin.web;

import java.time.Duration;
import java.util.List;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.ResourceUrlEncodingFilter;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/** The parts of this module, for a process to import. Bundles of texts are named by the beans of type {@link Texts}. */
@Configuration(proxyBeanMethods = false)
@Import({PageModel.class, ProblemPage.class})
public class WebConfiguration implements WebMvcConfigurer {

    /** A bundle of texts, such as {@code antin/web/messages}: Vietnamese there, English in {@code messages_en}. */
    public record Texts(String bundle) {
    }

    /** Where style, fonts, pictures and scripts lie; open to everybody. */
    public static final List<String> ASSETS = List.of("/css/**", "/fonts/**", "/img/**", "/js/**");

    private final Languages languages = new Languages();

    @Bean
    Texts webTexts() {
        return new Texts("antin/web/messages");
    }

    @Bean
    MessageSource messageSource(List<Texts> texts) {
        ResourceBundleMessageSource source = new ResourceBundleMessageSource();
        texts.forEach(text -> source.addBasenames(text.bundle()));
        source.setDefaultEncoding("UTF-8");
        source.setFallbackToSystemLocale(false);
        return source;
    }

    @Bean
    LocaleResolver localeResolver(Languages chosen) {
        return chosen;
    }

    @Bean
    Languages languages() {
        return languages;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(languages);
    }

    /** Addresses carry a hash of the content, so browsers may keep it for a year. */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        ASSETS.forEach(pattern -> registry.addResourceHandler(pattern)
            .addResourceLocations("classpath:/static" + pattern.replace("**", ""))
            .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
            .resourceChain(true).addResolver(new VersionResourceResolver().addContentVersionStrategy("/**")));
    }

    @Bean
    ResourceUrlEncodingFilter resourceUrlEncodingFilter() {
        return new ResourceUrlEncodingFilter();
    }
}
