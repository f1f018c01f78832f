package antin.directory;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The row {@code directory} of the folder table in docs, and its third-party fence. */
@AnalyzeClasses(packages = "antin", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_THE_KERNEL_ONLY = noClasses().that().resideInAPackage("antin.directory..")
        .should().dependOnClassesThat(DescribedPredicate.describe("are ours, and not of directory or kernel",
            type -> type.getPackageName().startsWith("antin.") && !type.getPackageName().matches("antin\\.(directory|kernel)(\\..*)?")));

    @ArchTest
    static final ArchRule UNBOUNDID_STAYS_IN_LDAP = noClasses().that().resideOutsideOfPackage("antin.directory.ldap..")
        .should().dependOnClassesThat().resideInAPackage("com.unboundid..");

    @ArchTest
    static final ArchRule USES_NOTHING_ELSE = classes().that().resideInAPackage("antin.directory..").and().resideOutsideOfPackage("antin.directory.opendj.server").should().onlyDependOnClassesThat()
        .resideInAnyPackage("antin..", "java..", "javax.net.ssl", "com.unboundid..", "org.jspecify..", "org.slf4j..");

    /** It runs with OpenDJ's classes, and with no more of ours than the set-up puts beside them. */
    @ArchTest
    static final ArchRule WHAT_OPENDJ_RUNS_STANDS_ALONE = classes().that().resideInAPackage("antin.directory.opendj.server").should().onlyDependOnClassesThat()
        .resideInAnyPackage("antin.directory.opendj.server", "antin.kernel.tls", "java..", "javax.net.ssl", "org.jspecify..", "org.opends..", "org.forgerock..")
        .andShould().onlyHaveDependentClassesThat().resideInAPackage("antin.directory.opendj.server");

    /** The words of the port do not know how they are stored. */
    @ArchTest
    static final ArchRule THE_PORT_KNOWS_NO_ADAPTER = noClasses().that().resideInAPackage("antin.directory")
        .should().dependOnClassesThat().resideInAnyPackage("antin.directory.ldap..", "antin.directory.opendj..");
}
