package org.callclear.app.command;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.callclear.app.stack.EmbeddedStack;
import org.callclear.app.stack.StackPorts;
import org.callclear.app.topics.TopicApplier;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Directory;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a party is told whose certificate is not the one it needs. */
@Tag("broker")
class RightsCheckTest {
    private static final CarrierId ACME = new CarrierId("acme");
    private static final Directory DIRECTORY = new Directory(
            new TreeSet<>(List.of(ACME, new CarrierId("zenith"))),
            new TreeMap<>(Map.of(new GatewayId("acme-1"), ACME, new GatewayId("zenith-1"), new CarrierId("zenith"))));

    /** What a party of acme has of its own. */
    private static final Directory OWN =
            new Directory(new TreeSet<>(List.of(ACME)), new TreeMap<>(Map.of(new GatewayId("acme-1"), ACME)));

    @TempDir
    static Path folder;

    private static EmbeddedStack stack;

    @BeforeAll
    static void start() {
        stack = EmbeddedStack.start(folder.resolve("data"), StackPorts.REMEMBERED, line -> {});
        try (TopicApplier applier = TopicApplier.open(as("setup"))) {
            applier.apply(DIRECTORY, line -> {});
        }
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @ParameterizedTest
    @CsvSource({
        "proxy.acme,      proxy.zenith,      WRITE on topic carrier.acme.authorization-requests",
        "gateway.acme-1,  gateway.zenith-1,  READ on topic gateway.acme-1.used-tokens",
        "carrier.acme,    carrier.zenith,    READ on topic carrier.acme.statements",
        "clearinghouse,   proxy.acme,        WRITE on topic authorization-rejected",
        "clearinghouse,   gateway.nowhere-1, WRITE on topic authorization-rejected",
        "settlement,      clearinghouse,     WRITE on topic call-attempts",
        "administration,  audit,             READ on topic call-attempts",
        "console,         operations,        READ on topic carriers",
    })
    void whoComesAsAnotherIsToldAsWhomAndWhatIsClosed(String wanted, String certificate, String closed) {
        assertThatThrownBy(() -> RightsCheck.require(as(certificate), Party.parse(wanted), OWN))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("refuses '" + certificate + "'")
                .hasMessageContaining(closed)
                .hasMessageContaining("identity must be that of '" + wanted + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "proxy.acme",
        "gateway.acme-1",
        "carrier.acme",
        "clearinghouse",
        "settlement",
        "administration",
        "console",
        "operations",
        "audit"
    })
    void whoComesAsItselfIsLetIn(String party) {
        assertThatCode(() -> RightsCheck.require(as(party), Party.parse(party), OWN))
                .doesNotThrowAnyException();
    }

    @Test
    void onlySetupMayMakeTopicsAndRules() {
        assertThatCode(() -> RightsCheck.requireSetup(as("setup"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> RightsCheck.requireSetup(as("administration")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("refuses 'administration'")
                .hasMessageContaining("setup");
    }

    private static KafkaAccess as(String party) {
        return stack.accessFor(Party.parse(party));
    }
}
