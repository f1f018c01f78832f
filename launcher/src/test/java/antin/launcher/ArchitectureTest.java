package antin.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "antin", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_NO_OTHER_PROCESS = classes().that().resideInAPackage("antin.launcher..").should()
        .onlyDependOnClassesThat().resideInAnyPackage("antin.launcher..", "antin.kernel..", "java..", "javax..", "org.jspecify..",
            "org.apache.commons.compress..", "org.tukaani.xz..", "com.eatthepath.otp..");
}
