package org.callclear.sip.transaction;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.callclear.sip.loop.Loop;
import org.callclear.sip.message.Core;
import org.callclear.sip.message.SipRequest;
import org.callclear.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/** All transactions under way. On the loop only. Each leaves by its own timers, so the table is bounded by traffic. */
public final class Transactions {
    private record ClientKey(String branch, String method) {}

    private record MergeKey(String callId, String fromTag, String cseq) {}

    private final Loop loop;
    private final SipTimers timers;
    private final Map<ServerKey, LiveTransaction> servers = new HashMap<>();
    private final Map<ClientKey, LiveTransaction> clients = new HashMap<>();
    private final Map<MergeKey, ServerKey> merged = new HashMap<>();
    private volatile int open;

    public Transactions(Loop loop, SipTimers timers) {
        this.loop = loop;
        this.timers = timers;
    }

    /** How many are open. From any thread. */
    public int open() {
        return open;
    }

    /** Hands a request to the transaction it belongs to; false when there is none. */
    public boolean absorb(SipRequest request) {
        LiveTransaction known = servers.get(ServerKey.of(request));
        if (known == null) {
            return false;
        }
        known.feed(new Event.Received(request));
        return true;
    }

    /** Hands a response to its client transaction (17.1.3); false when there is none. */
    public boolean absorb(SipResponse response) {
        Core core = response.core();
        LiveTransaction known =
                clients.get(new ClientKey(core.via().branch(), core.cseq().method()));
        if (known == null) {
            return false;
        }
        known.feed(new Event.Received(response));
        return true;
    }

    /** The INVITE transaction that a CANCEL is for; null when there is none. */
    public @Nullable LiveTransaction cancelledBy(SipRequest cancel) {
        return servers.get(ServerKey.cancelledBy(cancel));
    }

    /** Whether this request came another way before (8.2.2.2). */
    public boolean isMerged(SipRequest request) {
        ServerKey other = merged.get(mergeKey(request));
        return request.core().to().tag().isEmpty() && other != null && !other.equals(ServerKey.of(request));
    }

    /**
     * Opens a server transaction for a request that belongs to none.
     *
     * @param left runs when the transaction is gone
     */
    public LiveTransaction serve(
            SipRequest request, boolean reliable, Outlet outlet, Consumer<Notice> user, Runnable left) {
        ServerKey key = ServerKey.of(request);
        MergeKey merge = mergeKey(request);
        Transaction first =
                request.is("INVITE") ? InviteServer.begin(reliable, timers) : PlainServer.begin(reliable, timers);
        LiveTransaction live = new LiveTransaction(loop, outlet, first, user, () -> {
            servers.remove(key);
            merged.remove(merge, key);
            count();
            left.run();
        });
        servers.put(key, live);
        merged.putIfAbsent(merge, key);
        count();
        return live;
    }

    /** Sends a request, any but ACK, and follows it. */
    public LiveTransaction send(SipRequest request, boolean reliable, Outlet outlet, Consumer<Notice> user) {
        ClientKey key = new ClientKey(request.core().via().branch(), request.method());
        Step first = request.is("INVITE")
                ? InviteClient.begin(request, reliable, timers)
                : PlainClient.begin(request, reliable, timers);
        LiveTransaction live = new LiveTransaction(loop, outlet, first.next(), user, () -> {
            clients.remove(key);
            count();
        });
        clients.put(key, live);
        count();
        live.apply(first);
        return live;
    }

    private void count() {
        open = servers.size() + clients.size();
    }

    private static MergeKey mergeKey(SipRequest request) {
        Core core = request.core();
        return new MergeKey(core.callId(), core.from().tag(), core.cseq().toString());
    }
}
