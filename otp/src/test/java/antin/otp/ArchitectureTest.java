package antin.otp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "antin.otp", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule knowsOnlyKernelKeysWebAndTheDirectoryPort = noClasses().should().dependOnClassesThat()
        .resideInAnyPackage("antin.directory.ldap..", "antin.directory.opendj..", "antin.ca..", "antin.server..", "antin.backbone..", "antin.mail..", "antin.signing..");

    @ArchTest
    static final ArchRule leavesFencedLibrariesAlone = noClasses().should().dependOnClassesThat()
        .resideInAnyPackage("com.unboundid..", "org.bouncycastle..", "eu.europa.esig..", "org.apache.james..", "org.springframework.boot..");

    @ArchTest
    static final ArchRule keepsTheOtpLibraryInOnePlace = noClasses().that().resideOutsideOfPackage("antin.otp.factor")
        .should().dependOnClassesThat().resideInAPackage("com.eatthepath..");

    @ArchTest
    static final ArchRule servesOnlyInLoginAndOidc = noClasses().that().resideInAnyPackage("antin.otp.factor", "antin.otp.apppassword", "antin.otp.throttle", "antin.otp.vault")
        .should().dependOnClassesThat().resideInAnyPackage("jakarta.servlet..", "org.springframework.web..", "org.springframework.security..");

    @ArchTest
    static final ArchRule hasNoCycles = slices().matching("antin.otp.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesNoPlumbing = classes().should().haveNameNotMatching(".*(Impl|Manager|Helper|Utils?|DTO)$");
}
