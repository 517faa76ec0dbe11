package org.callclear.clearinghouse.answering;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.callclear.clearinghouse.admission.Question;
import org.callclear.clearinghouse.decision.Decision;
import org.callclear.clearinghouse.grant.GrantBook;
import org.callclear.clearinghouse.grant.GrantTokens;
import org.callclear.clearinghouse.grant.Judge;
import org.callclear.clearinghouse.grant.Judgement;
import org.callclear.clearinghouse.grant.Remembered;
import org.callclear.clearinghouse.grant.RequestDigest;
import org.callclear.clearinghouse.stage.Stage;
import org.callclear.schemas.avro.AuthorizationDenied;
import org.callclear.schemas.avro.DenialReason;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.topics.Topic;
import org.callclear.tokens.SigningFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one request record after the other: a new question is judged, its grant journaled, and only then answered; one
 * seen before gets the same answer; what is no question is set aside. Used by one thread, and never waits.
 */
final class AnswerDesk {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerDesk.class);

    private final RequestReader reader;
    private final Judge judge;
    private final GrantTokens tokens;
    private final GrantBook book;
    private final Outbox outbox;
    private final Journal journal;
    private final Answers answers;
    private final Executor answering;
    private final Clock clock;
    private final Tally tally;
    private final Memory memory;

    /**
     * How long answers are remembered.
     *
     * @param yes after the last token has expired
     * @param no after the decision
     */
    record Memory(Duration yes, Duration no) {}

    /** What a desk works with. */
    record Equipment(
            RequestReader reader, Judge judge, GrantTokens tokens, GrantBook book, Outbox outbox, Executor answering) {}

    /** @param equipment its executor sends the answers to grants; it may wait */
    AnswerDesk(Equipment equipment, Memory memory, Tally tally, Clock clock) {
        this.reader = equipment.reader();
        this.judge = equipment.judge();
        this.tokens = equipment.tokens();
        this.book = equipment.book();
        this.outbox = equipment.outbox();
        this.journal = new Journal(outbox);
        this.answers = new Answers(outbox);
        this.answering = equipment.answering();
        this.memory = memory;
        this.tally = tally;
        this.clock = clock;
    }

    /**
     * Takes a request in.
     *
     * @return done when all that follows from it is written, so that its offset may be passed; failed when not
     * @throws org.callclear.schemas.wire.RecordDeserializer.RegistryUnavailableException when it must be read again later
     */
    CompletableFuture<Void> take(ConsumerRecord<byte[], byte[]> record, Tenure tenure) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        tally.of(Stage.WAITED).took(TimeUnit.MILLISECONDS.toNanos(now.toEpochMilli() - record.timestamp()));
        return switch (reader.read(record)) {
            case RequestReader.Found.Rejected rejected -> setAside(record, rejected, tenure, now);
            case RequestReader.Found.Asked asked -> guarded(record, asked.question(), tenure, now);
        };
    }

    /** A bug that one request brings to light must not stop the answers to all others. */
    private CompletableFuture<Void> guarded(
            ConsumerRecord<byte[], byte[]> record, Question question, Tenure tenure, Instant now) {
        String proxy = question.request().getProxy();
        String replyTo = RequestReader.replyTo(record).orElse(proxy);
        try {
            return answer(question, new Answers.Address(question.asker(), question.callId(), replyTo, tenure), now);
        } catch (RuntimeException e) {
            LOG.error("call {}: a bug", question.callId(), e);
            String detail = "could not be decided: " + e.getClass().getSimpleName();
            var why = new RequestReader.Found.Rejected(
                    question.asker(), "FAULT", "", detail, Optional.of(question.callId()), Optional.of(proxy));
            return setAside(record, why, tenure, now);
        }
    }

    private CompletableFuture<Void> answer(Question question, Answers.Address to, Instant now) {
        RequestDigest digest = RequestDigest.of(question);
        Optional<Remembered> before = book.find(question.callId());
        if (before.isEmpty()) {
            return answerFirst(question, digest, to, now);
        }
        if (!before.get().digest().equals(digest)) {
            Decision.Denied conflict =
                    Decision.Denied.of(DenialReason.CONFLICTING_REQUEST, "the call id was used for another request");
            return deny(question, conflict, to, now);
        }
        tally.repeated();
        return answerAgain(before.get(), question, to, now);
    }

    private CompletableFuture<Void> answerFirst(
            Question question, RequestDigest digest, Answers.Address to, Instant now) {
        return switch (judge.judge(question, digest, now)) {
            case Judgement.No no -> {
                AuthorizationDenied denied = denied(question, no.denied(), now);
                book.put(new Remembered.No(question.callId(), digest, now.plus(memory.no()), denied));
                tally.denied(no.denied().reason());
                yield answers.send(to, denied);
            }
            case Judgement.Yes yes -> {
                book.put(Remembered.Yes.of(yes.grant(), memory.yes()));
                tally.granted();
                long handed = System.nanoTime();
                yield journal.write(question.callId(), yes.grant())
                        .thenComposeAsync(
                                written -> {
                                    tally.of(Stage.JOURNALED).tookSince(handed);
                                    return answers.send(to, yes.answer());
                                },
                                answering);
            }
        };
    }

    private CompletableFuture<Void> answerAgain(Remembered before, Question question, Answers.Address to, Instant now) {
        return switch (before) {
            case Remembered.No no -> answers.send(to, no.denied());
            case Remembered.Yes yes -> {
                try {
                    Grant grant = yes.grant();
                    var answer = tokens.answer(grant);
                    yield journal.ensure(question.callId(), grant)
                            .thenComposeAsync(written -> answers.send(to, answer), answering);
                } catch (IllegalArgumentException | SigningFailedException e) {
                    LOG.error("call {} cannot get its tokens again: {}", question.callId(), e.getMessage());
                    yield deny(
                            question,
                            Decision.Denied.of(DenialReason.UNKNOWN_REASON, "its tokens cannot be made again"),
                            to,
                            now);
                }
            }
        };
    }

    private CompletableFuture<Void> deny(Question question, Decision.Denied why, Answers.Address to, Instant now) {
        tally.denied(why.reason());
        return answers.send(to, denied(question, why, now));
    }

    private static AuthorizationDenied denied(Question question, Decision.Denied why, Instant now) {
        return Answers.denied(question.callId(), question.request().getProxy(), why, now);
    }

    private CompletableFuture<Void> setAside(
            ConsumerRecord<byte[], byte[]> record, RequestReader.Found.Rejected why, Tenure tenure, Instant now) {
        tally.rejected();
        LOG.warn(
                "request {}-{}@{} set aside: {} {}",
                record.topic(),
                record.partition(),
                record.offset(),
                why.reason(),
                why.detail());
        CompletableFuture<Void> written = outbox.send(new ProducerRecord<>(
                Topic.AUTHORIZATION_REJECTED.topic(),
                record.topic() + "-" + record.partition(),
                RequestReader.rejected(record, why, now)));
        if (why.callId().isEmpty() || why.proxy().isEmpty()) {
            return written;
        }
        CallId callId = why.callId().get();
        String proxy = why.proxy().get();
        Decision.Denied denied = Decision.Denied.of(DenialReason.MALFORMED_REQUEST, why.detail());
        tally.denied(denied.reason());
        Answers.Address to = new Answers.Address(why.asker(), callId, proxy, tenure);
        return written.thenComposeAsync(set -> answers.send(to, Answers.denied(callId, proxy, denied, now)), answering);
    }

    /** Takes grants in that the journal has, in its order: the first of a call counts. */
    void restore(Collection<Remembered.Yes> grants) {
        Instant now = clock.instant();
        for (Remembered.Yes yes : grants) {
            boolean known = book.find(yes.callId()).isPresent() && !journal.isUnsure(yes.callId());
            if (!known && yes.until().isAfter(now)) {
                journal.found(yes.callId());
                book.put(yes);
            }
        }
    }

    /** Forgets the calls of a partition that others may answer now, but for grants that may still reach the journal. */
    void forget(int partition, Placement placement) {
        book.forgetIf(callId -> placement.of(callId) == partition && !journal.isUnsure(callId));
    }

    /** Forgets what has ended; to be called now and then. */
    void tidy() {
        book.forgetBefore(clock.instant());
        journal.tidy(callId -> book.find(callId).isPresent());
    }
}
