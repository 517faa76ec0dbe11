package org.callclear.gateways.requests;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The set-ups whose judgement takes a while, and what their proxies said about them meanwhile: a cancel must not be
 * forgotten because the call it ends is not up yet, nor overtake a later word. Safe for many threads.
 */
final class SetupsInJudgement {
    /** An honest proxy says two words at most, a cancel and a release. */
    static final int MOST_WORDS = 8;

    private final Map<String, Waiting> byTransaction = new HashMap<>();

    private static final class Waiting {
        final Queue<Runnable> words = new ArrayDeque<>();
        int setups;
    }

    /** A set-up of this transaction is being judged. */
    synchronized void begin(String transaction) {
        byTransaction.computeIfAbsent(transaction, t -> new Waiting()).setups++;
    }

    /**
     * Something was said about a transaction: keeps it until {@link #end} if a set-up of it is being judged, else does
     * it now. What is beyond {@link #MOST_WORDS} is dropped.
     */
    void say(String transaction, Runnable word) {
        if (!keep(transaction, word)) {
            word.run();
        }
    }

    private synchronized boolean keep(String transaction, Runnable word) {
        Waiting waiting = byTransaction.get(transaction);
        if (waiting == null) {
            return false;
        }
        if (waiting.words.size() < MOST_WORDS) {
            waiting.words.add(word);
        }
        return true;
    }

    /** The judgement has had its effect: what was said meanwhile follows, in its order. */
    void end(String transaction) {
        Runnable word = next(transaction, true);
        while (word != null) {
            word.run();
            word = next(transaction, false);
        }
    }

    private synchronized @Nullable Runnable next(String transaction, boolean ended) {
        Waiting waiting = byTransaction.get(transaction);
        if (waiting == null) {
            return null;
        }
        if (ended) {
            waiting.setups--;
        }
        Runnable word = waiting.setups > 0 ? null : waiting.words.poll();
        if (waiting.setups == 0 && word == null) {
            byTransaction.remove(transaction);
        }
        return word;
    }
}
