package antin.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "antin.web", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule knowsOnlyKernel = noClasses().that().resideInAPackage("antin.web..").should().dependOnClassesThat()
        .resideInAnyPackage("antin.directory..", "antin.otp..", "antin.ca..", "antin.server..", "antin.backbone..", "antin.mail..", "antin.signing..");

    @ArchTest
    static final ArchRule leavesFencedLibrariesAlone = noClasses().should().dependOnClassesThat()
        .resideInAnyPackage("com.unboundid..", "org.bouncycastle..", "eu.europa.esig..", "org.apache.james..", "org.springframework.boot..");

    @ArchTest
    static final ArchRule namesNoPlumbing = classes().should().haveNameNotMatching(".*(Impl|Manager|Helper|Utils?|DTO)$");
}
