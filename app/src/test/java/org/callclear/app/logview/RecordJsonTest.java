package org.callclear.app.logview;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.AuthorizationRequest;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.ExchangeDirection;
import org.callclear.schemas.avro.GatewayState;
import org.callclear.schemas.avro.GatewayStatus;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.avro.SetupProgress;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.avro.UsageFile;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records that hold what may not be shown, where nobody would look for it. */
class RecordJsonTest {
    private static final String NUMBER = MadeUpLog.CALLED;

    private final RecordJson masked = json(Numbers.MASKED);
    private final RecordJson shown = json(Numbers.SHOWN);

    private static RecordJson json(Numbers numbers) {
        return new RecordJson(numbers, bytes -> new Reading.Unreadable("no record"));
    }

    @Test
    void aHashThatNumbersCanBeTriedAgainstIsAWord() {
        ByteBuffer hash = ByteBuffer.wrap(new byte[] {1, 2, 3, 4});
        UsageFile file = UsageFile.newBuilder()
                .setDirection(ExchangeDirection.IMPORTED)
                .setCarrier("acme")
                .setFileName("cdrs-" + NUMBER + ".csv")
                .setDigest(hash)
                .setSequence(1)
                .setRows(1)
                .setTaken(1)
                .setRepeated(0)
                .setFaulty(0)
                .setTalkedMillis(1)
                .setAt(MadeUpLog.at(0))
                .setBy(NUMBER)
                .build();
        var grant = MadeUpLog.grant(1);

        for (RecordJson json : List.of(masked, shown)) {
            assertThat(json.of(grant).path("requestDigest").asText()).isEqualTo("(hidden)");
            assertThat(json.of(file).path("digest").asText()).isEqualTo("(hidden)");
        }
        assertThat(masked.of(file).toString()).doesNotContain(NUMBER);
    }

    @Test
    void theDigestOfAStatementIsShownWhereSettlementWroteIt() {
        Statement statement = new Statement(
                "acme-2026-11-1",
                "acme",
                "2026-11",
                1L,
                utf8("{\"a\":\"" + NUMBER + "\"}"),
                ByteBuffer.wrap(new byte[] {10, 11}));
        RecordJson rejecting = new RecordJson(Numbers.MASKED, bytes -> new Reading.Read(statement));

        assertThat(masked.of(statement).path("digest").asText()).isEqualTo("0a0b");
        assertThat(masked.of(statement).at("/json/a").asText()).isEqualTo(NUMBER);
        JsonNode within = rejecting.of(rejected(new byte[] {1})).at("/value/record");
        assertThat(within.path("digest").asText()).isEqualTo("(hidden)");
        assertThat(within.toString()).contains("acme-2026-11-1").doesNotContain(NUMBER);
    }

    @Test
    void rejectedRecordsAreReadToADepthOfFour() {
        int[] read = {0};
        RejectedRecord endless = rejected(new byte[77]);
        RecordJson json = new RecordJson(Numbers.MASKED, bytes -> {
            read[0]++;
            return new Reading.Read(endless);
        });

        JsonNode value = json.of(endless).path("value");
        for (int depth = 1; depth <= 4; depth++) {
            assertThat(value.path("type").asText()).isEqualTo("RejectedRecord");
            value = value.at("/record/value");
        }

        assertThat(value.toString()).isEqualTo("{\"bytes\":77}");
        assertThat(read[0]).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(Numbers.class)
    void aTokenIsNotShownInAnyFieldNorInPartOfOne(Numbers numbers) {
        String token = MadeUpLog.token(1);
        String cut = token.substring(0, token.lastIndexOf('.'));
        List<SpecificRecord> records = List.of(
                new AuthorizationRequest(
                        MadeUpLog.CALL.toString(), token, token, token, token, cut, MadeUpLog.at(2), 4),
                new SetupProgress(MadeUpLog.CALL.toString(), cut, token, token, 180, null, MadeUpLog.at(2)),
                status(Map.of(token, 1L), List.of(token, cut)),
                key(token));
        MadeUpLog log = new MadeUpLog();
        records.forEach(
                record -> log.add(Topic.AUTHORIZATION_REQUESTS, "carrier.acme.authorization-requests", 1, record));

        assertThat(Ladder.of(log.log(), numbers)).doesNotContain(MadeUpLog.secrets());
        for (SpecificRecord record : records) {
            assertThat(json(numbers).of(record).toString()).doesNotContain(MadeUpLog.secrets());
        }
        for (String key : List.of(token, cut, "x/" + cut)) {
            assertThat(json(numbers)
                            .of(record(key, records.getFirst()))
                            .path("key")
                            .asText())
                    .matches("\\([0-9]+ characters\\)");
        }
    }

    @Test
    void noFieldShowsANumberButIdsAreWhole() {
        String padded = "0".repeat(22) + NUMBER;
        String key = "0123456789abcdef";
        SetupProgress progress = new SetupProgress(
                MadeUpLog.CALL.toString(), padded, NUMBER, "gw-" + NUMBER, 180, null, MadeUpLog.at(2));
        List<SpecificRecord> records = List.of(
                progress, status(Map.of(NUMBER, 1L), List.of(NUMBER, key)), key(NUMBER), MadeUpLog.ringing(1, 1));
        MadeUpLog log = new MadeUpLog();
        records.forEach(record -> log.add(Topic.SETUP_EVENTS, "carrier.acme.setup-events", 1, record));

        assertThat(Ladder.of(log.log(), Numbers.MASKED)).doesNotContain(NUMBER).contains(MadeUpLog.jti(1));
        records.forEach(record -> assertThat(masked.of(record).toString()).doesNotContain(NUMBER));
        assertThat(masked.of(progress).path("callId").asText()).isEqualTo(MadeUpLog.CALL.toString());
        assertThat(masked.of(records.get(1)).at("/tokenKeys/1").asText()).isEqualTo(key);
        assertThat(masked.of(records.getLast()).path("transactionId").asText()).isEqualTo(MadeUpLog.jti(1));
        assertThat(shown.of(progress).path("transactionId").asText()).isEqualTo(padded);
        assertThat(masked.of(record(MadeUpLog.CALL + "/1/" + NUMBER, progress))
                        .path("key")
                        .asText())
                .isEqualTo(MadeUpLog.CALL + "/1/4930******");
    }

    @Test
    void freeTextKeepsTheIdsInIt() {
        String text = "of " + MadeUpLog.CALL + " and " + MadeUpLog.jti(1) + ", not ";

        assertThat(Numbers.MASKED.showText(text + NUMBER)).isEqualTo(text + "4930******");
        assertThat(Numbers.MASKED.showText(text + "+49 (30) 12-34 56")).isEqualTo(text + "+49?" + "*".repeat(13));
        assertThat(Numbers.SHOWN.showText(text + NUMBER)).isEqualTo(text + NUMBER);
    }

    @Test
    void whatATerminalWouldObeyIsWrittenOutAndStaysJson() throws Exception {
        String dangerous = "a\u001b[2J\u009b1m\u202eb\u2066\nc\u007f\u00fc";
        CommandOutcome outcome = CommandOutcome.newBuilder()
                .setCommandId("x")
                .setOutcome(OutcomeKind.REFUSED)
                .setDetail(dangerous)
                .setAt(MadeUpLog.at(0))
                .build();
        String printed = PlainText.lines(masked.of(outcome).toString());

        assertThat(printed).doesNotContainPattern("[\\p{Cc}\\p{Cf}]").contains("\\u001B", "\\u202e", "\u00fc");
        assertThat(new com.fasterxml.jackson.databind.ObjectMapper()
                        .readTree(printed)
                        .path("detail")
                        .asText())
                .isEqualTo(dangerous);
    }

    private static GatewayStatus status(Map<String, Long> refusals, List<String> keys) {
        return GatewayStatus.newBuilder()
                .setGateway("zenith-1")
                .setCarrier("zenith")
                .setInstance("one")
                .setState(GatewayState.UP)
                .setFreeChannels(1)
                .setOpenCalls(0)
                .setAt(MadeUpLog.at(0))
                .setRefusals(new HashMap<>(refusals))
                .setTokenKeys(keys)
                .build();
    }

    private static TokenKey key(String text) {
        return TokenKey.newBuilder()
                .setKeyId(text)
                .setAlgorithm(text)
                .setPublicKey(ByteBuffer.allocate(44))
                .setNotBefore(MadeUpLog.at(0))
                .setNotAfter(MadeUpLog.at(1))
                .setRevokedReason(text)
                .build();
    }

    private static RejectedRecord rejected(byte[] value) {
        return RejectedRecord.newBuilder()
                .setSourceTopic("carrier.acme.cdrs")
                .setSourcePartition(0)
                .setSourceOffset(7)
                .setSourceTimestamp(MadeUpLog.at(0))
                .setKey(null)
                .setValue(ByteBuffer.wrap(value))
                .setReason("WRONG_TYPE")
                .setField("")
                .setDetail("")
                .setRejectedAt(MadeUpLog.at(0))
                .build();
    }

    private static LogRecord record(String key, SpecificRecord value) {
        return new LogRecord(Topic.CDRS, "carrier.acme.cdrs", 0, 0, MadeUpLog.at(0), key, value, "");
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
