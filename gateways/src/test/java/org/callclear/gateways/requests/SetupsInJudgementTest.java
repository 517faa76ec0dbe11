package org.callclear.gateways.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetupsInJudgementTest {
    private final SetupsInJudgement setups = new SetupsInJudgement();
    private final List<String> done = new ArrayList<>();

    @Test
    void aWordAboutNothingInJudgementIsDoneAtOnce() {
        say("t", "cancel");

        assertThat(done).containsExactly("cancel");
    }

    @Test
    void wordsWaitForTheJudgementAndKeepTheirOrder() {
        setups.begin("t");
        say("t", "cancel");
        say("t", "release");
        say("other", "cancel of another");
        assertThat(done).containsExactly("cancel of another");

        done.add("connected");
        setups.end("t");
        say("t", "later");

        assertThat(done).containsExactly("cancel of another", "connected", "cancel", "release", "later");
    }

    @Test
    void wordsWaitForTheLastOfTwoSetupsOfOneTransaction() {
        setups.begin("t");
        setups.begin("t");
        say("t", "cancel");

        setups.end("t");
        assertThat(done).isEmpty();
        setups.end("t");

        assertThat(done).containsExactly("cancel");
    }

    @Test
    void aFloodOfWordsIsNotKept() {
        setups.begin("t");
        for (int i = 0; i < 1_000; i++) {
            say("t", "cancel");
        }

        setups.end("t");

        assertThat(done).hasSize(SetupsInJudgement.MOST_WORDS);
    }

    private void say(String transaction, String word) {
        setups.say(transaction, () -> done.add(word));
    }
}
