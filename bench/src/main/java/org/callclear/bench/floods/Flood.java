package org.callclear.bench.floods;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** INVITEs without credentials, each with a Call-ID of its own, from loopback addresses in turn; until it is closed. */
final class Flood implements AutoCloseable {
    private static final int BURSTS_A_SECOND = 200;
    private static final int ADDRESSES_A_NET = 250;

    private final InetSocketAddress target;
    private final int rate;
    private final List<DatagramChannel> sources = new ArrayList<>();
    private final Thread thread;
    private volatile boolean over;
    private final AtomicLong sent = new AtomicLong();

    /**
     * @param rate requests a second
     * @param addresses how many it comes from
     */
    Flood(InetSocketAddress target, int rate, int addresses) {
        this.target = target;
        this.rate = rate;
        try {
            for (int i = 0; i < addresses; i++) {
                byte[] own = {127, 0, (byte) (1 + i / ADDRESSES_A_NET), (byte) (1 + i % ADDRESSES_A_NET)};
                sources.add(DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getByAddress(own), 0)));
            }
        } catch (IOException e) {
            closeSources();
            throw new UncheckedIOException("no address for the flood", e);
        }
        this.thread = new Thread(this::run, "flood");
        thread.start();
    }

    /** How many were sent. */
    long sent() {
        return sent.get();
    }

    private void run() {
        long begun = System.nanoTime();
        long burst = TimeUnit.SECONDS.toNanos(1) / BURSTS_A_SECOND;
        try {
            for (long bursts = 1; !over; bursts++) {
                long due = (long) ((double) rate * bursts / BURSTS_A_SECOND);
                while (sent.get() < due && !over) {
                    send(sent.get());
                    sent.incrementAndGet();
                }
                LockSupport.parkNanos(begun + bursts * burst - System.nanoTime());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the flood ended early", e);
        }
    }

    private void send(long number) throws IOException {
        DatagramChannel source = sources.get((int) (number % sources.size()));
        InetSocketAddress from = (InetSocketAddress) source.getLocalAddress();
        String host = from.getAddress().getHostAddress() + ":" + from.getPort();
        String invite = "INVITE sip:+4940123@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP " + host + ";branch=z9hG4bKf"
                + number
                + "\r\nMax-Forwards: 70\r\nFrom: <sip:+4930@" + host + ">;tag=f\r\nTo: <sip:+4940123@127.0.0.1>\r\n"
                + "Call-ID: flood" + number + "\r\nCSeq: 1 INVITE\r\nContact: <sip:a@" + host
                + ">\r\nContent-Length: 0\r\n\r\n";
        int unused = source.send(ByteBuffer.wrap(invite.getBytes(StandardCharsets.US_ASCII)), target);
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeSources();
    }

    private void closeSources() {
        for (DatagramChannel source : sources) {
            try {
                source.close();
            } catch (IOException e) {
                throw new UncheckedIOException("a socket of the flood cannot be closed", e);
            }
        }
    }
}
