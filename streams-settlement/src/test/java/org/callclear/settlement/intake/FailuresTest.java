package org.callclear.settlement.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void aWrappedCauseCounts() {
        assertThat(Failures.isFinal(new KafkaException(new KafkaException(new ProducerFencedException("")))))
                .isTrue();
        assertThat(Failures.isTooLarge(new KafkaException(new KafkaException(new RecordTooLargeException()))))
                .isTrue();
    }

    @Test
    void aPassingFailureIsNeither() {
        KafkaException passing = new KafkaException(new TimeoutException());

        assertThat(Failures.isFinal(passing)).isFalse();
        assertThat(Failures.isTooLarge(passing)).isFalse();
    }
}
