package org.callclear.clearinghouse.stage;

/** What the time of an answer is spent on. */
public enum Stage {
    /** From the request's timestamp on Kafka until it is looked at; by two clocks, unless the brokers stamp. */
    WAITED,
    /** Rules, prices, routes and limits. */
    DECIDED,
    /** The grant and its tokens. */
    SIGNED,
    /** From handing a grant to Kafka until the journal has it. */
    JOURNALED,
    /** From taking the request up until its answer is acknowledged; {@link #WAITED} comes before it. */
    ANSWERED
}
