package org.callclear.systemtests;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The arrows between modules and rooms, as the design draws them. Any other arrow fails the build. */
@AnalyzeClasses(
        packages = "org.callclear",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.Product.class})
class ArchitectureTest {
    private static final Set<String> NAMES_THAT_SAY_NOTHING =
            Set.of("util", "utils", "common", "internal", "impl", "manager", "helper", "helpers", "misc");

    private static final DescribedPredicate<JavaCall<?>> READS_A_CLOCK = target(
                    nameMatching("currentTimeMillis|nanoTime|now|system|systemUTC|systemDefaultZone"))
            .and(target(owner(assignableTo(System.class).or(resideInAPackage("java.time..")))))
            .as("a clock is read");

    @ArchTest
    static final ArchRule MODULES_MEET_ONLY_WHERE_THE_DESIGN_SAYS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("schemas")
            .definedBy("org.callclear.schemas..")
            .layer("metrics")
            .definedBy("org.callclear.metrics..")
            .layer("tokens")
            .definedBy("org.callclear.tokens..")
            .layer("sip")
            .definedBy("org.callclear.sip..")
            .layer("proxy")
            .definedBy("org.callclear.proxy..")
            .layer("clearinghouse")
            .definedBy("org.callclear.clearinghouse..")
            .layer("gateways")
            .definedBy("org.callclear.gateways..")
            .layer("settlement")
            .definedBy("org.callclear.settlement..")
            .layer("app")
            .definedBy("org.callclear.app..")
            // Not on this module's class path as long as nobody depends on it, which is what the rule is about.
            .optionalLayer("bench")
            .definedBy("org.callclear.bench..")
            .whereLayer("bench")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("app")
            .mayOnlyBeAccessedByLayers("bench")
            .whereLayer("proxy")
            .mayOnlyBeAccessedByLayers("app", "bench")
            .whereLayer("clearinghouse")
            .mayOnlyBeAccessedByLayers("app", "bench")
            .whereLayer("gateways")
            .mayOnlyBeAccessedByLayers("app", "bench")
            .whereLayer("settlement")
            .mayOnlyBeAccessedByLayers("app", "bench")
            .whereLayer("metrics")
            .mayOnlyBeAccessedByLayers("proxy", "clearinghouse", "gateways", "settlement", "app", "bench")
            .whereLayer("metrics")
            .mayNotAccessAnyLayer()
            .whereLayer("tokens")
            .mayOnlyBeAccessedByLayers("clearinghouse", "gateways", "app", "bench")
            .whereLayer("sip")
            .mayOnlyBeAccessedByLayers("proxy", "gateways", "app", "bench")
            .whereLayer("schemas")
            .mayNotAccessAnyLayer()
            .whereLayer("sip")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule ONLY_TOKENS_KNOWS_BOUNCY_CASTLE = noClasses()
            .that()
            .resideOutsideOfPackage("org.callclear.tokens..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..");

    @ArchTest
    static final ArchRule ONLY_METRICS_KNOWS_MICROMETER = noClasses()
            .that()
            .resideOutsideOfPackage("org.callclear.metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.prometheus..");

    @ArchTest
    static final ArchRule ONLY_SIP_KNOWS_NETTY_AND_THE_PARSER = noClasses()
            .that()
            .resideOutsideOfPackage("org.callclear.sip..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "io.pkts..");

    @ArchTest
    static final ArchRule ONLY_THE_STACK_KNOWS_THE_BROKERS_INSIDE = noClasses()
            .that()
            .resideOutsideOfPackage("org.callclear.app.stack..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("kafka..", "org.apache.kafka.server..");

    @ArchTest
    static final ArchRule PURE_ROOMS_KNOW_NO_KAFKA_NO_SOCKET_AND_NO_CLOCK = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.callclear.schemas.call..",
                    "org.callclear.schemas.limit..",
                    "org.callclear.schemas.money..",
                    "org.callclear.schemas.rating..",
                    "org.callclear.settlement.reconcile..",
                    "org.callclear.settlement.price..",
                    "org.callclear.settlement.post..",
                    "org.callclear.settlement.proof..",
                    "org.callclear.settlement.evidence..",
                    "org.callclear.settlement.statement..",
                    "org.callclear.settlement.period..",
                    "org.callclear.settlement.totals..",
                    "org.callclear.settlement.firstsight..",
                    "org.callclear.settlement.net..",
                    "org.callclear.clearinghouse.decision..",
                    "org.callclear.clearinghouse.routing..",
                    "org.callclear.clearinghouse.admission..",
                    "org.callclear.proxy.call..",
                    "org.callclear.proxy.number..",
                    "org.callclear.gateways.call..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..", "io.confluent..", "io.netty..", "java.net..", "java.nio.channels..")
            .orShould()
            .callMethodWhere(READS_A_CLOCK);

    @ArchTest
    static final ArchRule NO_FLOATING_POINT_NEAR_MONEY = noFields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(
                    "org.callclear.schemas..", "org.callclear.settlement..", "org.callclear.clearinghouse.routing..")
            .should()
            .haveRawType(double.class)
            .orShould()
            .haveRawType(float.class)
            .orShould()
            .haveRawType(Double.class)
            .orShould()
            .haveRawType(Float.class);

    @ArchTest
    static final ArchRule NO_FLOATING_POINT_FROM_METHODS_NEAR_MONEY = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(
                    "org.callclear.schemas.money..", "org.callclear.schemas.rating..", "org.callclear.settlement..")
            .should()
            .haveRawReturnType(double.class)
            .orShould()
            .haveRawReturnType(float.class);

    @Test
    void theRulesBite() {
        JavaClasses wrong = new ClassFileImporter().importClasses(ReadsAClock.class);
        ArchRule aboutIt = noClasses().should().callMethodWhere(READS_A_CLOCK);

        assertThat(aboutIt.evaluate(wrong).hasViolation()).isTrue();
    }

    /** What a pure room must not do. */
    static final class ReadsAClock {
        long when() {
            return System.nanoTime();
        }
    }

    @ArchTest
    static final ArchRule ROOMS_FORM_NO_CIRCLE =
            slices().matching("org.callclear.(*).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule BELOW_MAIN_NOTHING_READS_THE_ENVIRONMENT = noClasses()
            .that()
            .resideOutsideOfPackage("org.callclear.app..")
            .should()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getenv");

    @Test
    void everyRoomSaysWhatItIsAndHasATellingName() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(new Product())
                .importPackages("org.callclear");

        Set<String> rooms = classes.stream()
                .map(JavaClass::getPackage)
                .filter(room -> !room.getName().equals("org.callclear.schemas.avro"))
                .map(JavaPackage::getName)
                .collect(Collectors.toSet());
        Set<String> described = classes.stream()
                .filter(c -> c.getSimpleName().equals("package-info"))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet());

        assertThat(described).containsAll(rooms);
        assertThat(rooms)
                .allSatisfy(room -> assertThat(List.of(room.split("\\.")))
                        .noneMatch(part -> NAMES_THAT_SAY_NOTHING.contains(part.toLowerCase(Locale.ROOT))));
    }

    /** Leaves out the test kit, which may see everything. */
    static final class Product implements ImportOption {
        @Override
        public boolean includes(com.tngtech.archunit.core.importer.Location location) {
            return !location.contains("testkit");
        }
    }
}
