package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.callclear.app.settling.CallProving;
import org.callclear.app.settling.SettlingException;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.avro.StatementDraft;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordSerializer;
import org.callclear.settlement.evidence.EvidenceCheck;
import org.callclear.settlement.evidence.Finding;
import org.callclear.settlement.evidence.ProofFile;
import org.callclear.settlement.evidence.StatementKey;
import org.callclear.settlement.seal.StatementSeal;
import org.callclear.settlement.seal.StatementSigner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A statement's tree is built again from what stands on the topics, and nothing is proved by another one. */
class CallProvingTest {
    private static final String PERIOD = "2026-10";

    private static EmbeddedGround ground;

    private final Books books = new Books(7);
    private final TestSigner signer = new TestSigner();
    private final List<LedgerEntry> entries = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private KafkaAccess administration;
    private Producer<String, SpecificRecord> producer;

    @BeforeAll
    @SuppressWarnings("NullAway")
    static void startGround(@TempDir Path directory) {
        ground = EmbeddedGround.start(directory.resolve("data"));
    }

    @AfterAll
    static void stopGround() {
        ground.close();
    }

    @BeforeEach
    @SuppressWarnings("NullAway")
    void start() throws Exception {
        ground.empty();
        administration = ground.accessFor(Party.of(Party.Kind.ADMINISTRATION));
        KafkaAccess settlement = ground.accessFor(Party.of(Party.Kind.SETTLEMENT));
        producer = new KafkaProducer<>(
                settlement.clientSettings(), new StringSerializer(), new RecordSerializer(settlement.registry()));
        for (int i = 0; i < 40; i++) {
            entries.add(books.entry("acme", i % 4 == 0 ? "2026-11" : PERIOD, "zenith", PERIOD));
        }
        for (LedgerEntry entry : entries) {
            send(Topic.POSTINGS, entry.getCallId(), entry);
        }
    }

    @AfterEach
    void stop() {
        producer.close();
    }

    @Test
    void everyCallIsProvedAsLongAsThePostingsAreThoseThatWereSealed() throws Exception {
        Statement statement = published();
        for (LedgerEntry entry : entries.subList(0, 8)) {
            boolean isIn = entries.indexOf(entry) % 4 != 0;
            ProofFile proof = prove(statement, CallId.parse(entry.getCallId()));

            assertThat(proof.proof().lines()).hasSize(isIn ? 1 : 0);
            assertThat(EvidenceCheck.with(List.of(new StatementKey(signer.publicKey())))
                            .check(proof.bytes()))
                    .isInstanceOf(Finding.Proved.class);
        }
        assertThat(said).contains("postings: 40 entries read, 30 lines of acme in " + PERIOD);

        LedgerEntry late = books.entry("acme", PERIOD, "zenith", PERIOD);
        send(Topic.POSTINGS, late.getCallId(), late);
        assertThatThrownBy(() -> prove(statement, CallId.parse(late.getCallId())))
                .isInstanceOf(SettlingException.class)
                .hasMessageContainingAll(
                        "statement acme-2026-10-1: is over 30 lines with the root",
                        "the postings now have 31",
                        "entries are missing, or are not those that were sealed");

        send(Topic.POSTINGS, late.getCallId(), late);
        assertThatThrownBy(() -> prove(statement, CallId.parse(late.getCallId())))
                .isInstanceOf(SettlingException.class)
                .hasMessageContaining("postings: an entry stands there twice");
    }

    @Test
    void aStatementWithoutDraftOrWithoutSealProvesNothing() throws Exception {
        Statement statement = published();
        CallId call = CallId.mint(Instant.EPOCH, new Random(1));
        Statement stranger =
                Statement.newBuilder(statement).setStatementId("acme-2026-10-9").build();
        Statement unsealed = Statement.newBuilder(statement)
                .setJson(ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8)))
                .build();

        assertThatThrownBy(() -> prove(stranger, call))
                .isInstanceOf(SettlingException.class)
                .hasMessageContaining("statement acme-2026-10-9: its draft is not on statement-drafts any more");
        assertThatThrownBy(() -> prove(unsealed, call))
                .isInstanceOf(SettlingException.class)
                .hasMessageContaining("has no seal that calls could be proved by: header: missing");
    }

    private ProofFile prove(Statement statement, CallId call) {
        return CallProving.prove(administration, statement, call, said::add);
    }

    private Statement published() throws Exception {
        StatementDraft draft = StatementDraft.newBuilder(Books.draft("acme", PERIOD, 1))
                .setJson(ByteBuffer.wrap(("{\"header\":{\"carrier\":\"acme\",\"period\":\"2026-10\",\"sequence\":1,"
                                + "\"statement_id\":\"acme-2026-10-1\"},\"trailer\":{}}")
                        .getBytes(StandardCharsets.UTF_8)))
                .build();
        send(Topic.STATEMENT_DRAFTS, "acme", draft);
        byte[] unsigned = books.unsigned(draft, new byte[0]);
        StatementSigner.Signature signature =
                signer.sign(keyId -> StatementSeal.toSign(unsigned, keyId)).orElseThrow();
        return new Statement(
                draft.getStatementId(),
                "acme",
                PERIOD,
                1L,
                ByteBuffer.wrap(StatementSeal.signed(unsigned, signature.keyId(), signature.value())),
                ByteBuffer.allocate(32));
    }

    private void send(Topic topic, String key, SpecificRecord value) throws Exception {
        var unused =
                producer.send(new ProducerRecord<>(topic.topic(), key, value)).get(60, TimeUnit.SECONDS);
    }
}
