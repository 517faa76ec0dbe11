package org.callclear.bench.authorize;

/**
 * What a load came to.
 *
 * @param load its name
 * @param asked questions
 * @param answered within the time and some seconds more
 * @param rate answers a second
 * @param p50 milliseconds from when a question was due to be asked to its answer, at most, for half of them
 * @param p99 the same for 99 of 100
 * @param most the same for all
 * @param responseBytes of an answer
 */
public record Told(
        String load, long asked, long answered, double rate, double p50, double p99, double most, int responseBytes) {}
