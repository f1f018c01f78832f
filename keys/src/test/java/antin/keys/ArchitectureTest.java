package antin.keys;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The row {@code keys} of the folder table in docs, and its third-party fence. */
@AnalyzeClasses(packages = "antin", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_KERNEL_ONLY = classes().that().resideInAPackage("antin.keys..").should().onlyDependOnClassesThat()
        .resideInAnyPackage("antin.keys..", "antin.kernel..", "java..", "javax.security.auth.x500", "javax.crypto..", "org.bouncycastle..", "org.xipki..", "iaik..",
            "org.jspecify..", "org.slf4j..");

    @ArchTest
    static final ArchRule THE_WRAPPER_STAYS_IN_PKCS11 = noClasses().that().resideOutsideOfPackage("antin.keys.pkcs11..")
        .should().dependOnClassesThat().resideInAnyPackage("org.xipki..", "iaik..");
}
