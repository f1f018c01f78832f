package antin.mail;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The folder table's arrows and the third-party fences, as far as mail-server's class path shows them. */
@AnalyzeClasses(packages = "antin", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule MAIL_KNOWS_KERNEL_AND_DIRECTORY_ONLY = classes().that().resideInAPackage("antin.mail..")
        .should().onlyDependOnClassesThat().resideOutsideOfPackages("antin.otp..", "antin.web..", "antin.server..", "antin.backbone..", "antin.ca..", "antin.signing..",
            "antin.launcher..", "antin.keys..");

    @ArchTest
    static final ArchRule JAMES_STAYS_IN_MAIL = noClasses().that().resideOutsideOfPackage("antin.mail..")
        .should().dependOnClassesThat().resideInAnyPackage("org.apache.james..", "org.apache.mailet..");

    @ArchTest
    static final ArchRule NO_LDAP_LIBRARY_NO_BOUNCY_CASTLE_NO_SPRING = noClasses().that().resideInAPackage("antin.mail..")
        .should().dependOnClassesThat().resideInAnyPackage("com.unboundid..", "org.bouncycastle..", "org.springframework..", "jakarta..");

    @ArchTest
    static final ArchRule ONLY_THE_STORE_KNOWS_JPA = noClasses().that().resideInAPackage("antin.mail..").and().resideOutsideOfPackage("antin.mail.store..")
        .and().doNotHaveSimpleName("JamesModule").should().dependOnClassesThat().resideInAnyPackage("javax.persistence..", "org.apache.openjpa..",
            "org.apache.james.mailbox.jpa..");

    @ArchTest
    static final ArchRule ONLY_MAIN_CHOOSES_THE_DIRECTORY = noClasses().that().resideInAPackage("antin.mail..").and().doNotHaveSimpleName("MailMain")
        .should().dependOnClassesThat().resideInAPackage("antin.directory.ldap..");

    @Test
    void springH2AndWebadminAreNotOnTheClassPath() {
        assertThat(List.of("org.springframework.core.SpringVersion", "org.h2.Driver", "org.apache.james.webadmin.WebAdminServer")).noneMatch(ArchitectureTest::exists);
    }

    private static boolean exists(String name) {
        try {
            Class.forName(name, false, ArchitectureTest.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
