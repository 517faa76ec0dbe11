package org.callclear.app.logview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.callclear.app.settling.Disputes;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.EntryKind;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.avro.ResolveDispute;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls as ladders, compared with files. {@code -Dcallclear.write-golden=true} writes the files anew. */
class LadderTest {
    private static final Path WRITTEN = Path.of("src/test/resources/org/callclear/app/logview");

    /** The calls there are. */
    enum Story {
        GOOD_CALL {
            @Override
            CallLog log() {
                return goodCall().log();
            }
        },
        HUNT_TO_SECOND_GATEWAY {
            @Override
            CallLog log() {
                return new MadeUpLog()
                        .authorized(2)
                        .setup(1, 12)
                        .event(480, MadeUpLog.failed(1, 503, 41, 478))
                        .setup(2, 485)
                        .event(1_200, MadeUpLog.ringing(2, 1_198))
                        .event(4_003, MadeUpLog.answered(2, 4_000))
                        .released(2, 65_004)
                        .reported(Role.ORIGINATING, 1, null, 480, 503, 1, 490)
                        .reported(Role.TERMINATING, 1, null, 478, 503, 1, 491)
                        .attempt(Role.ORIGINATING, 1, 503, 510)
                        .attempt(Role.TERMINATING, 1, 503, 511)
                        .reported(Role.ORIGINATING, 2, 4_000L, 65_000, 200, 1, 65_010)
                        .reported(Role.TERMINATING, 2, 4_000L, 65_000, 200, 1, 65_011)
                        .reconciled(ReconciliationClass.MATCHED, 2, 61_000, 61_000, 1, "FIRST", 65_031)
                        .posted("/2", EntryKind.ENTRY, "", "FIRST", "0.012200", "0.010167", 65_031)
                        .log();
            }
        },
        REFUSED_AT_GATEWAY {
            @Override
            CallLog log() {
                return new MadeUpLog()
                        .authorized(1)
                        .setup(1, 12)
                        .event(15, MadeUpLog.rejected(1, SetupRefusal.REPLAYED, 14))
                        .reported(Role.ORIGINATING, 1, null, 16, 503, 1, 20)
                        .attempt(Role.ORIGINATING, 1, 503, 40)
                        .log();
            }
        },
        BUSY {
            @Override
            CallLog log() {
                return new MadeUpLog()
                        .authorized(1)
                        .setup(1, 12)
                        .event(1_992, MadeUpLog.failed(1, 486, 17, 1_990))
                        .reported(Role.TERMINATING, 1, null, 1_990, 486, 1, 1_993)
                        .reported(Role.ORIGINATING, 1, null, 1_994, 486, 1, 1_996)
                        .attempt(Role.TERMINATING, 1, 486, 2_013)
                        .attempt(Role.ORIGINATING, 1, 486, 2_016)
                        .log();
            }
        },
        CORRECTION_DISPUTE_DECISION {
            @Override
            CallLog log() {
                return disputed();
            }
        },
        SEEN_BY_OPERATIONS {
            @Override
            CallLog log() {
                CallLog all = goodCall()
                        .unreadable(Topic.CDRS, "carrier.acme.cdrs", 70_000, "the registry has no schema 77")
                        .log();
                return new CallLog(
                        all.call(),
                        all.from(),
                        all.records().stream()
                                .filter(record -> record.family() != Topic.AUTHORIZATION_RESPONSES
                                        && record.family() != Topic.SETUP_REQUESTS)
                                .toList(),
                        List.of(),
                        List.of("gateway.<id>.setup-requests (SetupRequested, SetupCancelled, CallReleased):"
                                + " 'operations' may not read it"));
            }
        };

        abstract CallLog log();

        private String file() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".txt";
        }
    }

    private static MadeUpLog goodCall() {
        return new MadeUpLog()
                .authorized(1)
                .setup(1, 12)
                .event(850, MadeUpLog.ringing(1, 848))
                .event(4_003, MadeUpLog.answered(1, 4_000))
                .released(1, 65_004)
                .reported(Role.ORIGINATING, 1, 4_000L, 65_000, 200, 1, 65_010)
                .reported(Role.TERMINATING, 1, 4_000L, 65_000, 200, 1, 65_010)
                .reconciled(ReconciliationClass.MATCHED, 1, 61_000, 61_000, 1, "FIRST", 65_030)
                .posted("/1", EntryKind.ENTRY, "", "FIRST", "0.012200", "0.010167", 65_030);
    }

    private static CallLog disputed() {
        long day = 86_400_000;
        Dispute open = Dispute.newBuilder(Disputes.open(61_000L, 120_000L))
                .setDisputeId(MadeUpLog.CALL + "/1")
                .setCallId(MadeUpLog.CALL.toString())
                .setDetail("the talk times differ by 59.000 s")
                .build();
        return goodCall()
                .reported(Role.ORIGINATING, 1, 4_000L, 124_000, 200, 2, day)
                .reconciled(ReconciliationClass.DURATION_MISMATCH, 1, 120_000, 61_000, 2, "CORRECTION", day + 20)
                .add(Topic.DISPUTES, "disputes", day + 20, open)
                .add(Topic.COMMANDS, "commands", 3 * day, decision())
                .add(Topic.COMMAND_OUTCOMES, "command-outcomes", 3 * day + 41, outcome())
                .add(Topic.SETTLEMENT_JOURNAL, "settlement-journal", 3 * day + 40, decision())
                .reconciled(ReconciliationClass.DURATION_MISMATCH, 1, 120_000, 61_000, 3, "RESOLUTION", 3 * day + 40)
                .posted("/1/2", EntryKind.REVERSAL, "/1", "RESOLUTION", "-0.012200", "-0.010167", 3 * day + 40)
                .posted("/1/3", EntryKind.REPLACEMENT, "/1", "RESOLUTION", "0.024000", "0.020000", 3 * day + 40)
                .add(Topic.DISPUTES, "disputes", 3 * day + 40, Disputes.decided(open, "ACCEPTED", "alice"))
                .log();
    }

    private static ResolveDispute decision() {
        return ResolveDispute.newBuilder()
                .setCommandId("resolve-7")
                .setDisputeId(MadeUpLog.CALL + "/1")
                .setCallId(MadeUpLog.CALL.toString())
                .setLeg(1)
                .setResolution(Resolution.ACCEPTED)
                .setRequestedBy("alice")
                .setRequestedAt(MadeUpLog.at(0))
                .setReason("trace of +" + MadeUpLog.CALLED + " shows two minutes")
                .build();
    }

    private static CommandOutcome outcome() {
        return CommandOutcome.newBuilder()
                .setCommandId("resolve-7")
                .setOutcome(OutcomeKind.ACCEPTED)
                .setDetail("")
                .setAt(MadeUpLog.at(0))
                .build();
    }

    @ParameterizedTest
    @EnumSource(Story.class)
    void aCallLooksAsInItsFile(Story story) throws IOException {
        String drawn = Ladder.of(story.log(), Numbers.MASKED) + "\n";
        if (Boolean.getBoolean("callclear.write-golden")) {
            Files.writeString(WRITTEN.resolve(story.file()), drawn);
        }

        assertThat(drawn).isEqualTo(golden(story.file()));
        assertThat(drawn.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Ladder.WIDTH));
    }

    @ParameterizedTest
    @EnumSource(Story.class)
    void nothingShowsATokenOrASecret(Story story) {
        CallLog log = story.log();
        for (Numbers numbers : Numbers.values()) {
            RecordJson json = new RecordJson(numbers, bytes -> new Reading.Unreadable("no record"));
            String shown = Ladder.of(log, numbers)
                    + log.records().stream()
                            .map(record -> json.of(record).toString())
                            .toList();

            assertThat(shown)
                    .doesNotContain(MadeUpLog.secrets())
                    .doesNotContain("only-the-proxy-knows")
                    .contains("key-2026-11", MadeUpLog.jti(1));
        }
    }

    @Test
    void aTokenIsNotShownEvenWhereNoneBelongs() {
        CommandOutcome outcome = CommandOutcome.newBuilder()
                .setCommandId("x")
                .setOutcome(OutcomeKind.REFUSED)
                .setDetail("no token: " + MadeUpLog.token(1) + " is one")
                .setAt(MadeUpLog.at(0))
                .build();
        CallLog log = new MadeUpLog()
                .add(Topic.COMMAND_OUTCOMES, "command-outcomes", 1, outcome)
                .log();
        LogRecord odd =
                new LogRecord(Topic.CDRS, "carrier.acme.cdrs", 0, 0, MadeUpLog.at(0), MadeUpLog.token(1), outcome, "");
        RecordJson json = new RecordJson(Numbers.SHOWN, bytes -> new Reading.Unreadable("no record"));

        assertThat(Ladder.of(log, Numbers.SHOWN) + json.of(odd))
                .doesNotContain(MadeUpLog.secrets())
                .contains("(token hidden)");
    }

    @Test
    void numbersAreMaskedUnlessTheyAreAskedFor() {
        CallLog log = disputed();
        RecordJson masked = new RecordJson(Numbers.MASKED, bytes -> new Reading.Unreadable("no record"));
        RecordJson shown = new RecordJson(Numbers.SHOWN, bytes -> new Reading.Unreadable("no record"));

        assertThat(Ladder.of(log, Numbers.MASKED)).doesNotContain(MadeUpLog.CALLED, MadeUpLog.CALLING);
        assertThat(log.records())
                .allSatisfy(record ->
                        assertThat(masked.of(record).toString()).doesNotContain(MadeUpLog.CALLED, MadeUpLog.CALLING));
        assertThat(Ladder.of(log, Numbers.SHOWN))
                .contains(MadeUpLog.CALLING + " to " + MadeUpLog.CALLED, "trace of +" + MadeUpLog.CALLED);
        assertThat(shown.of(log.records().getFirst()).at("/value/called").asText())
                .isEqualTo(MadeUpLog.CALLED);
    }

    @Test
    void textThatATerminalWouldObeyIsNotLetThrough() {
        assertThat(Ladder.wrap("one\u001b[2Jtwo\n\u202ethr\u00e9e", 60))
                .containsExactly("one\\u001b[2Jtwo\\u000a\\u202ethr\u00e9e");
        assertThat(Ladder.wrap("a".repeat(50), 20)).containsExactly("a".repeat(20), "a".repeat(20), "a".repeat(10));
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(LadderTest.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
