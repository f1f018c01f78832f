package antin.bridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The row {@code token-bridge} of the folder table in docs, and its third-party fences. */
@AnalyzeClasses(packages = "antin", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_NOTHING_OF_OURS = classes().that().resideInAPackage("antin.bridge..").should().onlyDependOnClassesThat()
        .resideInAnyPackage("antin.bridge..", "java..", "javax.swing..", "javax.security.auth.x500", "javax.naming..", "org.bouncycastle..", "org.xipki..", "tools.jackson..", "org.jspecify..");

    @ArchTest
    static final ArchRule THE_WRAPPER_STAYS_IN_TOKEN = noClasses().that().resideOutsideOfPackage("antin.bridge.token..").should().dependOnClassesThat().resideInAnyPackage("org.xipki..", "iaik..");

    @ArchTest
    static final ArchRule BOUNCY_CASTLE_STAYS_IN_ENROLMENT = noClasses().that().resideOutsideOfPackage("antin.bridge.enrol..").should().dependOnClassesThat()
        .resideInAnyPackage("org.bouncycastle..").allowEmptyShould(true);

    @ArchTest
    static final ArchRule SWING_STAYS_IN_WINDOW = noClasses().that().resideOutsideOfPackage("antin.bridge.window..").should().dependOnClassesThat().resideInAnyPackage("javax.swing..", "java.awt..")
        .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NO_CIRCLES = SlicesRuleDefinition.slices().matching("antin.bridge.(*)..").should().beFreeOfCycles();
}
