package org.callclear.schemas.topics;

import static org.callclear.schemas.topics.Party.Kind.ADMINISTRATION;
import static org.callclear.schemas.topics.Party.Kind.AUDIT;
import static org.callclear.schemas.topics.Party.Kind.CARRIER;
import static org.callclear.schemas.topics.Party.Kind.CLEARINGHOUSE;
import static org.callclear.schemas.topics.Party.Kind.CONSOLE;
import static org.callclear.schemas.topics.Party.Kind.GATEWAY;
import static org.callclear.schemas.topics.Party.Kind.OPERATIONS;
import static org.callclear.schemas.topics.Party.Kind.PROXY;
import static org.callclear.schemas.topics.Party.Kind.SETTLEMENT;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.AuthorizationDenied;
import org.callclear.schemas.avro.AuthorizationGranted;
import org.callclear.schemas.avro.AuthorizationRequest;
import org.callclear.schemas.avro.CallAttempt;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.CallLimit;
import org.callclear.schemas.avro.CallReleased;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.ClosePeriod;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.Gateway;
import org.callclear.schemas.avro.GatewayStatus;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.Position;
import org.callclear.schemas.avro.PostNetting;
import org.callclear.schemas.avro.RateDeckChunk;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.avro.RerateCall;
import org.callclear.schemas.avro.ResolveDispute;
import org.callclear.schemas.avro.SetupAnswered;
import org.callclear.schemas.avro.SetupCancelled;
import org.callclear.schemas.avro.SetupFailed;
import org.callclear.schemas.avro.SetupProgress;
import org.callclear.schemas.avro.SetupRejected;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.avro.StatementDraft;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.avro.TokenMemoryMark;
import org.callclear.schemas.avro.UsageFile;
import org.callclear.schemas.avro.UsedToken;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;

/**
 * Every topic there is. A family with a scope has one topic for each carrier or gateway; its name is then the proof of
 * who wrote, or the promise of who alone reads.
 */
public enum Topic {
    /** Proxies ask. */
    AUTHORIZATION_REQUESTS(
            "carrier.<id>.authorization-requests",
            "call id",
            Upkeep.days(7),
            List.of(AuthorizationRequest.getClassSchema()),
            List.of(Access.own(PROXY)),
            List.of(
                    Access.all(CLEARINGHOUSE),
                    Access.own(CARRIER),
                    Access.all(OPERATIONS),
                    Access.all(ADMINISTRATION))),
    /** The clearinghouse answers; tokens inside. */
    AUTHORIZATION_RESPONSES(
            "carrier.<id>.authorization-responses",
            "call id",
            Upkeep.days(1),
            List.of(AuthorizationGranted.getClassSchema(), AuthorizationDenied.getClassSchema()),
            List.of(Access.all(CLEARINGHOUSE)),
            List.of(Access.own(PROXY))),
    /** Set-up, cancel and release of one call, in order. */
    SETUP_REQUESTS(
            "gateway.<id>.setup-requests",
            "call id",
            Upkeep.days(1),
            List.of(SetupRequested.getClassSchema(), SetupCancelled.getClassSchema(), CallReleased.getClassSchema()),
            List.of(Access.all(PROXY)),
            List.of(Access.own(GATEWAY))),
    /** What became of a set-up. */
    SETUP_EVENTS(
            "carrier.<id>.setup-events",
            "call id",
            Upkeep.days(1),
            List.of(
                    SetupProgress.getClassSchema(),
                    SetupAnswered.getClassSchema(),
                    SetupRejected.getClassSchema(),
                    SetupFailed.getClassSchema(),
                    CallReleased.getClassSchema()),
            List.of(Access.all(GATEWAY)),
            List.of(Access.own(PROXY), Access.own(CARRIER), Access.all(OPERATIONS), Access.all(ADMINISTRATION))),
    /** Heartbeats. */
    GATEWAY_STATUS(
            "gateway.<id>.status",
            "gateway id",
            Upkeep.COMPACTED,
            List.of(GatewayStatus.getClassSchema()),
            List.of(Access.own(GATEWAY)),
            Access.all(CLEARINGHOUSE, CONSOLE, ADMINISTRATION, OPERATIONS)),
    /** What the instances of a gateway let in: the memory of used tokens that they share. */
    USED_TOKENS(
            "gateway.<id>.used-tokens",
            "transaction id",
            Upkeep.byBrokersClock(Duration.ofHours(2), Duration.ofMinutes(10)),
            List.of(UsedToken.getClassSchema(), TokenMemoryMark.getClassSchema()),
            List.of(Access.own(GATEWAY)),
            List.of(Access.own(GATEWAY))),
    /** What a carrier reports, or administration imports for it; the name is the proof of who. */
    CDRS(
            "carrier.<id>.cdrs",
            "call id",
            Upkeep.days(400),
            List.of(CallDetailRecord.getClassSchema()),
            List.of(Access.own(PROXY), Access.own(GATEWAY), Access.all(ADMINISTRATION)),
            List.of(Access.all(SETTLEMENT), Access.all(ADMINISTRATION), Access.own(CARRIER), Access.all(OPERATIONS))),
    /** The one input of settlement. */
    SETTLEMENT_JOURNAL(
            "settlement-journal",
            "call id",
            Upkeep.FOREVER,
            List.of(
                    Grant.getClassSchema(),
                    AcceptedCdr.getClassSchema(),
                    PeriodBarrier.getClassSchema(),
                    ResolveDispute.getClassSchema(),
                    RerateCall.getClassSchema(),
                    PostNetting.getClassSchema()),
            List.of(Access.all(CLEARINGHOUSE), Access.all(SETTLEMENT)),
            Access.all(SETTLEMENT, CLEARINGHOUSE, ADMINISTRATION, AUDIT, OPERATIONS)),
    /** CDRs and commands that intake could not take. */
    CDR_REJECTED(
            "cdr-rejected",
            "source topic-partition",
            Upkeep.FOREVER,
            List.of(RejectedRecord.getClassSchema()),
            List.of(Access.all(SETTLEMENT)),
            List.of(Access.all(OPERATIONS), Access.all(ADMINISTRATION), Access.all(CONSOLE))),
    /** Authorization requests that could not be read. */
    AUTHORIZATION_REJECTED(
            "authorization-rejected",
            "source topic-partition",
            Upkeep.days(400),
            List.of(RejectedRecord.getClassSchema()),
            List.of(Access.all(CLEARINGHOUSE)),
            List.of(Access.all(OPERATIONS), Access.all(CONSOLE), Access.all(ADMINISTRATION))),
    /** Two reports and a grant, seen together. */
    RECONCILED_CALLS(
            "reconciled-calls",
            "call id",
            Upkeep.days(400),
            List.of(ReconciledCall.getClassSchema()),
            List.of(Access.all(SETTLEMENT)),
            List.of(Access.all(ADMINISTRATION), Access.all(CONSOLE), Access.all(AUDIT), Access.all(OPERATIONS))),
    /** What does not match. */
    DISPUTES(
            "disputes",
            "call id",
            Upkeep.FOREVER,
            List.of(Dispute.getClassSchema()),
            List.of(Access.all(SETTLEMENT)),
            List.of(Access.all(ADMINISTRATION), Access.all(CONSOLE), Access.all(AUDIT), Access.all(OPERATIONS))),
    /** Attempts never answered. */
    CALL_ATTEMPTS(
            "call-attempts",
            "call id",
            Upkeep.days(90),
            List.of(CallAttempt.getClassSchema()),
            List.of(Access.all(SETTLEMENT)),
            List.of(Access.all(CONSOLE), Access.all(OPERATIONS), Access.all(ADMINISTRATION))),
    /** Double entry. */
    POSTINGS(
            "postings",
            "call id, or account",
            Upkeep.FOREVER,
            List.of(LedgerEntry.getClassSchema()),
            List.of(Access.all(SETTLEMENT)),
            Access.all(SETTLEMENT, ADMINISTRATION, CONSOLE, CLEARINGHOUSE, AUDIT, OPERATIONS)),
    /** Live totals. */
    POSITIONS(
            "positions",
            "pair, currency, period",
            Upkeep.COMPACTED,
            List.of(Position.getClassSchema()),
            List.of(Access.all(SETTLEMENT)),
            List.of(Access.all(ADMINISTRATION), Access.all(CONSOLE), Access.all(CLEARINGHOUSE))),
    /** Statements that are complete and not sealed yet, with the secret of their period: not for carriers. */
    STATEMENT_DRAFTS(
            "statement-drafts",
            "carrier id",
            Upkeep.DOCUMENTS,
            List.of(StatementDraft.getClassSchema()),
            List.of(Access.all(SETTLEMENT)),
            List.of(Access.all(SETTLEMENT), Access.all(ADMINISTRATION), Access.all(AUDIT))),
    /** Closed and sealed statements of one carrier. */
    STATEMENTS(
            "carrier.<id>.statements",
            "statement id",
            Upkeep.DOCUMENTS,
            List.of(Statement.getClassSchema()),
            List.of(Access.all(SETTLEMENT)),
            List.of(Access.all(SETTLEMENT), Access.own(CARRIER), Access.all(CONSOLE), Access.all(ADMINISTRATION))),
    /** What people ask of settlement. */
    COMMANDS(
            "commands",
            "subject",
            Upkeep.FOREVER,
            List.of(
                    ClosePeriod.getClassSchema(),
                    ResolveDispute.getClassSchema(),
                    RerateCall.getClassSchema(),
                    PostNetting.getClassSchema()),
            List.of(Access.all(ADMINISTRATION), Access.all(CONSOLE)),
            List.of(Access.all(SETTLEMENT), Access.all(ADMINISTRATION), Access.all(OPERATIONS))),
    /** What became of it. */
    COMMAND_OUTCOMES(
            "command-outcomes",
            "command id",
            Upkeep.days(400),
            List.of(CommandOutcome.getClassSchema()),
            List.of(Access.all(SETTLEMENT)),
            List.of(Access.all(ADMINISTRATION), Access.all(CONSOLE), Access.all(OPERATIONS))),
    /** Files of usage records that came in or went out: what makes an import happen once, and numbers exports. */
    USAGE_FILES(
            "usage-files",
            "direction/carrier/file name",
            Upkeep.COMPACTED,
            List.of(UsageFile.getClassSchema()),
            List.of(Access.all(ADMINISTRATION)),
            List.of(Access.all(ADMINISTRATION), Access.all(CONSOLE), Access.all(AUDIT))),
    /** Reference data: carriers. */
    CARRIERS(
            "carriers",
            "carrier id",
            Upkeep.COMPACTED,
            List.of(Carrier.getClassSchema()),
            List.of(Access.all(ADMINISTRATION)),
            Access.REFERENCE_READERS),
    /** Reference data: gateways. */
    GATEWAYS(
            "gateways",
            "gateway id",
            Upkeep.COMPACTED,
            List.of(Gateway.getClassSchema()),
            List.of(Access.all(ADMINISTRATION)),
            Access.REFERENCE_READERS),
    /** Reference data: contracts. */
    CONTRACTS(
            "contracts",
            "contract id",
            Upkeep.COMPACTED,
            List.of(Contract.getClassSchema()),
            List.of(Access.all(ADMINISTRATION)),
            Access.REFERENCE_READERS),
    /** Reference data: rate decks in chunks. */
    RATE_DECKS(
            "rate-decks",
            "deck/revision/chunk",
            Upkeep.COMPACTED,
            List.of(RateDeckChunk.getClassSchema()),
            List.of(Access.all(ADMINISTRATION)),
            Access.REFERENCE_READERS),
    /** Reference data: how much a carrier may call. Only who enforces it and who looks after it may know. */
    LIMITS(
            "limits",
            "carrier/prefix",
            Upkeep.COMPACTED,
            List.of(CallLimit.getClassSchema()),
            List.of(Access.all(ADMINISTRATION)),
            Access.all(CLEARINGHOUSE, CONSOLE, ADMINISTRATION, OPERATIONS)),
    /** Public halves of the keys that sign tokens. */
    TOKEN_KEYS(
            "token-keys",
            "key id",
            Upkeep.COMPACTED,
            List.of(TokenKey.getClassSchema()),
            List.of(Access.all(ADMINISTRATION)),
            List.of(
                    Access.all(GATEWAY),
                    Access.all(CLEARINGHOUSE),
                    Access.all(CONSOLE),
                    Access.all(AUDIT),
                    Access.all(ADMINISTRATION))),
    /** Public halves of the keys that seal statements. No gateway reads them: they open nothing. */
    STATEMENT_KEYS(
            "statement-keys",
            "key id",
            Upkeep.COMPACTED,
            List.of(TokenKey.getClassSchema()),
            List.of(Access.all(ADMINISTRATION)),
            List.of(
                    Access.all(SETTLEMENT),
                    Access.all(CARRIER),
                    Access.all(CONSOLE),
                    Access.all(AUDIT),
                    Access.all(ADMINISTRATION)));

    private final TopicName name;
    private final String key;
    private final Upkeep upkeep;
    private final List<Schema> records;
    private final List<Access> writers;
    private final List<Access> readers;

    Topic(
            String template,
            String key,
            Upkeep upkeep,
            List<Schema> records,
            List<Access> writers,
            List<Access> readers) {
        this.name = new TopicName(template);
        this.key = key;
        this.upkeep = upkeep;
        this.records = records;
        this.writers = writers;
        this.readers = readers;
    }

    /** The name with {@code <id>} where a carrier or a gateway stands. */
    public String template() {
        return name.template();
    }

    /** What the key is. */
    public String key() {
        return key;
    }

    /** How long it keeps records. */
    public Upkeep upkeep() {
        return upkeep;
    }

    /** The record types it may hold. */
    public List<Schema> records() {
        return records;
    }

    /** Who may write. */
    public List<Access> writers() {
        return writers;
    }

    /** Who may read. */
    public List<Access> readers() {
        return readers;
    }

    /** What it has one topic for. */
    public TopicName.Scope scope() {
        return name.scope();
    }

    /** The name of the only topic. */
    public String topic() {
        return name.only();
    }

    /** The name of a carrier's topic. */
    public String of(CarrierId carrier) {
        return name.of(carrier);
    }

    /** The name of a gateway's topic. */
    public String of(GatewayId gateway) {
        return name.of(gateway);
    }

    /** Matches the names of all topics of the family; group 1 is the id where it has one. */
    public Pattern pattern() {
        return name.pattern();
    }
}
