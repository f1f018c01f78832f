package antin.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "antin.server", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule knowsOnlyKernel = noClasses().should().dependOnClassesThat(DescribedPredicate.describe("are ours, and not of server or kernel",
        type -> type.getPackageName().startsWith("antin.") && !type.getPackageName().matches("antin\\.(server|kernel)(\\..*)?")));

    @ArchTest
    static final ArchRule servesNothingByItself = noClasses().should().dependOnClassesThat()
        .resideInAnyPackage("org.springframework.web.bind..", "org.springframework.security..", "jakarta.servlet..");

    @ArchTest
    static final ArchRule assemblesByHand = noClasses().should().dependOnClassesThat()
        .resideInAnyPackage("org.springframework.boot.autoconfigure..", "org.springframework.boot.context.properties..");

    @ArchTest
    static final ArchRule namesNoPlumbing = classes().should().haveNameNotMatching(".*(Impl|Manager|Helper|Utils?|DTO)$");
}
