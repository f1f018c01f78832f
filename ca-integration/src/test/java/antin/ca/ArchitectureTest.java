package antin.ca;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The row {@code ca-integration} of the folder table in docs, and its third-party fence. */
@AnalyzeClasses(packages = "antin", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_KERNEL_AND_KEYS_ONLY = noClasses().that().resideInAPackage("antin.ca..")
        .should().dependOnClassesThat(DescribedPredicate.describe("are ours, and not of ca, kernel or keys",
            type -> type.getPackageName().startsWith("antin.") && !type.getPackageName().matches("antin\\.(ca|kernel|keys)(\\..*)?")));

    @ArchTest
    static final ArchRule BOUNCY_CASTLE_STAYS_IN_CA = noClasses().that().resideOutsideOfPackage("antin.ca..")
        .should().dependOnClassesThat().resideInAPackage("org.bouncycastle..");

    @ArchTest
    static final ArchRule USES_NOTHING_ELSE = classes().that().resideInAPackage("antin.ca..").should().onlyDependOnClassesThat()
        .resideInAnyPackage("antin..", "java..", "javax.security.auth.x500", "javax.sql", "com.sun.net.httpserver", "org.bouncycastle..",
            "org.jspecify..", "org.slf4j..", "tools.jackson..", "org.flywaydb..", "org.postgresql..", "com.zaxxer.hikari..", "io.micrometer..", "javax.net.ssl", "io.github.resilience4j..");
}
