package antin.backbone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "antin.backbone", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule knowsNeitherMailNorSigning = noClasses().should().dependOnClassesThat()
        .resideInAnyPackage("antin.mail..", "antin.signing..", "antin.launcher..", "antin.directory.opendj..");

    @ArchTest
    static final ArchRule leavesFencedLibrariesAlone = noClasses().should().dependOnClassesThat()
        .resideInAnyPackage("com.unboundid..", "org.bouncycastle..", "eu.europa.esig..", "org.apache.james..", "com.eatthepath..");

    @ArchTest
    static final ArchRule leavesThePoolAndTheListenerToServer = noClasses().should().dependOnClassesThat()
        .resideInAnyPackage("com.zaxxer.hikari..", "org.flywaydb..", "org.postgresql..", "org.apache.coyote.http11..");

    @ArchTest
    static final ArchRule assemblesByHand = noClasses().should().dependOnClassesThat()
        .resideInAnyPackage("org.springframework.boot.autoconfigure..", "org.springframework.boot.context.properties..");

    @ArchTest
    static final ArchRule namesNoPlumbing = classes().should().haveNameNotMatching(".*(Impl|Manager|Helper|Utils?|DTO)$");
}
