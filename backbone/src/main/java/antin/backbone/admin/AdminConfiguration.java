package antin.backbone.admin;

import antin.directory.administration.Administration;
import antin.web.WebConfiguration.Texts;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The list of pages below {@code /admin}, all behind the same {@link Gate}. The process brings {@link Administration} and the imports. */
@Configuration(proxyBeanMethods = false)
@Import({TreePages.class, SearchPages.class, PersonPages.class, PersonFormPages.class, PersonRightsPages.class, PositionPages.class, UnitPages.class, UnitFormPages.class,
    GroupPages.class, MailboxPages.class, ImportPages.class, ExportPages.class, AdminModel.class, Navigation.class})
public class AdminConfiguration implements WebMvcConfigurer {

    private final Gate gate;

    public AdminConfiguration(Administration administration) {
        this.gate = new Gate(administration);
    }

    @Bean
    Texts adminTexts() {
        return new Texts("antin/backbone/messages");
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(gate).addPathPatterns("/admin", "/admin/**");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(gate);
        resolvers.add(new FormArgument());
    }
}
