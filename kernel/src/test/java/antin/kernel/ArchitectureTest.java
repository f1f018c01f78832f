package antin.kernel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "antin", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_THE_JDK_AND_SLF4J_ONLY = classes().that().resideInAPackage("antin.kernel..").should()
        .onlyDependOnClassesThat().resideInAnyPackage("antin.kernel..", "java..", "javax.net.ssl..", "javax.security..", "com.sun.net.httpserver..",
            "org.jspecify..", "org.slf4j..");
}
