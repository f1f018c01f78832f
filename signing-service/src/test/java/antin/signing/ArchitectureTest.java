package antin.signing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "antin.signing", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule keepsDssInOnePackage = noClasses().that().resideOutsideOfPackage("antin.signing.dss").should().dependOnClassesThat().resideInAnyPackage("eu.europa.esig..");

    @ArchTest
    static final ArchRule keepsPdfBoxWherePdfIsRead = noClasses().that().resideOutsideOfPackages("antin.signing.dss", "antin.signing.pdf").should().dependOnClassesThat()
        .resideInAnyPackage("org.apache.pdfbox..");

    @ArchTest
    static final ArchRule comparesRevisionsWithoutTheRest = noClasses().that().resideInAPackage("antin.signing.pdf").should().dependOnClassesThat()
        .resideInAnyPackage("antin.signing.dss", "antin.signing.api", "antin.kernel..");

    @ArchTest
    static final ArchRule keepsSantuarioInOnePackageThatKnowsNoDss = noClasses().that().resideOutsideOfPackage("antin.signing.xml").should().dependOnClassesThat()
        .resideInAnyPackage("org.apache.xml.security..");

    @ArchTest
    static final ArchRule keepsBouncyCastleWhereAnswersAndRequestsAreRead = noClasses().that().resideOutsideOfPackages("antin.signing.dss", "antin.signing.certificate", "antin.signing.cms")
        .should().dependOnClassesThat().resideInAnyPackage("org.bouncycastle..");

    @ArchTest
    static final ArchRule keepsFormatsFreeOfHttpAndDatabase = noClasses().that().resideInAnyPackage("antin.signing.signature", "antin.signing.dss", "antin.signing.xml")
        .should().dependOnClassesThat().resideInAnyPackage("org.springframework..", "jakarta.servlet..", "antin.signing.api", "antin.signing.seal");

    @ArchTest
    static final ArchRule knowsNoOtherProcess = noClasses().should().dependOnClassesThat()
        .resideInAnyPackage("antin.mail..", "antin.backbone..", "antin.otp..", "antin.ca..", "antin.launcher..");

    @ArchTest
    static final ArchRule leavesThePoolAndTheListenerToServer = noClasses().should().dependOnClassesThat()
        .resideInAnyPackage("com.zaxxer.hikari..", "org.flywaydb..", "org.postgresql..", "org.apache.coyote.http11..");

    @ArchTest
    static final ArchRule assemblesByHand = noClasses().should().dependOnClassesThat()
        .resideInAnyPackage("org.springframework.boot.autoconfigure..", "org.springframework.boot.context.properties..");

    @ArchTest
    static final ArchRule namesNoPlumbing = classes().should().haveNameNotMatching(".*(Impl|Manager|Helper|Utils?|DTO)$");
}
