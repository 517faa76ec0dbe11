package org.callclear.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SettlementTopologyTest {
    private final String description = World.topology().describe().toString();

    @Test
    void readsTheJournalAndItsOwnTotalsAndNothingElse() {
        assertThat(found("Source: \\S+ \\(topics: \\[([^]]*)]\\)"))
                .containsExactlyInAnyOrder("settlement-journal", "totals-repartition");
    }

    @Test
    void writesWhatTheCatalogueNamesAndOneRepartitionTopic() {
        assertThat(found("Sink: \\S+ \\(topic: ([a-z-]+)\\)"))
                .containsExactlyInAnyOrder(
                        "cdr-rejected",
                        "reconciled-calls",
                        "disputes",
                        "call-attempts",
                        "command-outcomes",
                        "postings",
                        "positions",
                        "statement-drafts",
                        "totals-repartition");
    }

    @Test
    void hasTwoPartsOnly() {
        assertThat(found("Sub-topology: (\\d)")).containsExactly("0", "1");
    }

    private Set<String> found(String pattern) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(description);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
