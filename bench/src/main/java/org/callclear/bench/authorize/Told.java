package org.callclear.bench.authorize;

/**
 * What a load came to.
 *
 * @param load its name
 * @param asked questions
 * @param answered within the time, or before nothing came any more for some seconds
 * @param expired of those: refused, for they had waited too long to be worth a decision
 * @param rate answers a second within the time, without those
 * @param p50 milliseconds from when a question was due to be asked to its answer, at most, for half of them
 * @param p99 the same for 99 of 100
 * @param most the same for all
 * @param responseBytes of an answer
 */
public record Told(
        String load,
        long asked,
        long answered,
        long expired,
        double rate,
        double p50,
        double p99,
        double most,
        int responseBytes) {}
