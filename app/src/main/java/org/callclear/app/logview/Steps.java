package org.callclear.app.logview;

import static org.callclear.app.logview.Step.Column.CLEARINGHOUSE;
import static org.callclear.app.logview.Step.Column.GATEWAY;
import static org.callclear.app.logview.Step.Column.PEOPLE;
import static org.callclear.app.logview.Step.Column.PROXY;
import static org.callclear.app.logview.Step.Column.SETTLEMENT;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Role;

/** Who tells whom what: a record's place in the ladder. */
final class Steps {
    private final Numbers numbers;
    private final CallFacts calls;
    private final MoneyFacts money;

    Steps(Numbers numbers) {
        this.numbers = numbers;
        this.calls = new CallFacts(numbers);
        this.money = new MoneyFacts(numbers);
    }

    Step of(LogRecord record) {
        Way way = way(record);
        List<String> facts = new ArrayList<>(facts(record));
        facts.add(record.place());
        return new Step(way.from, way.to, name(record), facts);
    }

    private static String name(LogRecord record) {
        if (record.value() != null) {
            return record.type();
        }
        return record.unreadable().isEmpty() ? "(no value)" : "(unreadable)";
    }

    private List<String> facts(LogRecord record) {
        SpecificRecord value = record.value();
        if (value == null) {
            return record.unreadable().isEmpty() ? List.of() : List.of(numbers.showText(record.unreadable()));
        }
        List<String> facts = calls.of(value);
        return facts.isEmpty() ? money.of(value) : facts;
    }

    private record Way(Step.Column from, Step.Column to) {}

    private static Way way(LogRecord record) {
        return switch (record.family()) {
            case AUTHORIZATION_REQUESTS -> new Way(PROXY, CLEARINGHOUSE);
            case AUTHORIZATION_RESPONSES -> new Way(CLEARINGHOUSE, PROXY);
            case SETUP_REQUESTS -> new Way(PROXY, GATEWAY);
            case SETUP_EVENTS -> new Way(GATEWAY, PROXY);
            case CDRS -> new Way(isTerminating(record) ? GATEWAY : PROXY, SETTLEMENT);
            case AUTHORIZATION_REJECTED -> new Way(CLEARINGHOUSE, CLEARINGHOUSE);
            case COMMANDS -> new Way(PEOPLE, SETTLEMENT);
            case SETTLEMENT_JOURNAL ->
                record.type().equals("Grant") ? new Way(CLEARINGHOUSE, SETTLEMENT) : new Way(SETTLEMENT, SETTLEMENT);
            case COMMAND_OUTCOMES -> new Way(SETTLEMENT, PEOPLE);
            default -> new Way(SETTLEMENT, SETTLEMENT);
        };
    }

    private static boolean isTerminating(LogRecord record) {
        return record.value() instanceof CallDetailRecord cdr && cdr.getRole() == Role.TERMINATING;
    }
}
