package org.callclear.settlement.stages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values by key, both bytes, laid out one behind the other in a few large arrays: a million of them are a few thousand
 * objects to the garbage collector, where a map of arrays makes it look at five million. What is replaced or removed
 * leaves a hole; once there are more holes than content, the content moves together. For one thread.
 */
final class HeapTable {
    /** Well below what some collectors treat as a large object of its own. */
    private static final int SLAB = 256 << 10;
    /** Two lengths of four bytes stand before each key and value. */
    private static final int HEADER = 8;

    private static final int FEWEST_PLACES = 64;
    private static final long FREE = -1;
    private static final long REMOVED = -2;

    private final List<byte[]> slabs = new ArrayList<>();
    private int[] hashes = new int[FEWEST_PLACES];
    private long[] entries = free(FEWEST_PLACES);
    private int size;
    private int taken;
    private int next = SLAB;
    private long used;
    private long holes;

    int size() {
        return size;
    }

    byte @Nullable [] get(byte[] key) {
        int place = find(key, hash(key));
        return place < 0 ? null : value(entries[place]);
    }

    void put(byte[] key, byte[] value) {
        int hash = hash(key);
        int place = find(key, hash);
        if (place < 0) {
            add(hash, write(key, value));
            return;
        }
        long entry = entries[place];
        byte[] slab = slabs.get(slab(entry));
        if (length(slab, offset(entry) + 4) == value.length) {
            System.arraycopy(value, 0, slab, offset(entry) + HEADER + key.length, value.length);
            return;
        }
        leaveHole(entry);
        entries[place] = write(key, value);
        moveTogether();
    }

    void remove(byte[] key) {
        int place = find(key, hash(key));
        if (place >= 0) {
            leaveHole(entries[place]);
            entries[place] = REMOVED;
            size--;
            moveTogether();
        }
    }

    void clear() {
        slabs.clear();
        hashes = new int[FEWEST_PLACES];
        entries = free(FEWEST_PLACES);
        size = 0;
        taken = 0;
        next = SLAB;
        used = 0;
        holes = 0;
    }

    /** Every key there is, in no order. */
    List<byte[]> keys() {
        List<byte[]> keys = new ArrayList<>(size);
        for (long entry : entries) {
            if (entry >= 0) {
                keys.add(key(entry));
            }
        }
        return keys;
    }

    /** Bytes held, with the holes. */
    long used() {
        return used;
    }

    private void add(int hash, long entry) {
        if (taken >= entries.length / 2) {
            spread();
        }
        int place = hash & entries.length - 1;
        while (entries[place] != FREE) {
            place = place + 1 & entries.length - 1;
        }
        hashes[place] = hash;
        entries[place] = entry;
        size++;
        taken++;
    }

    /** Where the key is; negative when it is not. */
    private int find(byte[] key, int hash) {
        int place = hash & entries.length - 1;
        while (entries[place] != FREE) {
            if (hashes[place] == hash && entries[place] >= 0 && isKey(entries[place], key)) {
                return place;
            }
            place = place + 1 & entries.length - 1;
        }
        return -1;
    }

    private boolean isKey(long entry, byte[] key) {
        byte[] slab = slabs.get(slab(entry));
        int at = offset(entry);
        return length(slab, at) == key.length
                && Arrays.equals(slab, at + HEADER, at + HEADER + key.length, key, 0, key.length);
    }

    private byte[] key(long entry) {
        byte[] slab = slabs.get(slab(entry));
        int from = offset(entry) + HEADER;
        return Arrays.copyOfRange(slab, from, from + length(slab, offset(entry)));
    }

    private byte[] value(long entry) {
        byte[] slab = slabs.get(slab(entry));
        int from = offset(entry) + HEADER + length(slab, offset(entry));
        return Arrays.copyOfRange(slab, from, from + length(slab, offset(entry) + 4));
    }

    private long write(byte[] key, byte[] value) {
        long entry = room(HEADER + key.length + value.length);
        byte[] slab = slabs.get(slab(entry));
        int at = offset(entry);
        setLength(slab, at, key.length);
        setLength(slab, at + 4, value.length);
        System.arraycopy(key, 0, slab, at + HEADER, key.length);
        System.arraycopy(value, 0, slab, at + HEADER + key.length, value.length);
        return entry;
    }

    private void leaveHole(long entry) {
        byte[] slab = slabs.get(slab(entry));
        holes += HEADER + length(slab, offset(entry)) + length(slab, offset(entry) + 4);
    }

    /** Twice the places, without those of what was removed; no more than there were when much was. */
    private void spread() {
        int places = size >= entries.length / 4 ? entries.length * 2 : entries.length;
        int[] oldHashes = hashes;
        long[] oldEntries = entries;
        hashes = new int[places];
        entries = free(places);
        size = 0;
        taken = 0;
        for (int place = 0; place < oldEntries.length; place++) {
            if (oldEntries[place] >= 0) {
                add(oldHashes[place], oldEntries[place]);
            }
        }
    }

    private void moveTogether() {
        if (holes <= Math.max(used / 2, SLAB)) {
            return;
        }
        List<byte[]> old = List.copyOf(slabs);
        slabs.clear();
        next = SLAB;
        used = 0;
        holes = 0;
        for (int place = 0; place < entries.length; place++) {
            if (entries[place] >= 0) {
                entries[place] = copy(old.get(slab(entries[place])), offset(entries[place]));
            }
        }
    }

    private long copy(byte[] slab, int from) {
        int bytes = HEADER + length(slab, from) + length(slab, from + 4);
        long entry = room(bytes);
        System.arraycopy(slab, from, slabs.get(slab(entry)), offset(entry), bytes);
        return entry;
    }

    /** Room for a new entry, which comes last. */
    private long room(int bytes) {
        if (bytes > SLAB - next) {
            slabs.add(new byte[Math.max(SLAB, bytes)]);
            next = 0;
        }
        long entry = (long) (slabs.size() - 1) << Integer.SIZE | next;
        next += bytes;
        used += bytes;
        return entry;
    }

    private static int slab(long entry) {
        return (int) (entry >>> Integer.SIZE);
    }

    private static int offset(long entry) {
        return (int) entry;
    }

    private static int length(byte[] slab, int at) {
        return (slab[at] & 0xff) << 24
                | (slab[at + 1] & 0xff) << 16
                | (slab[at + 2] & 0xff) << 8
                | (slab[at + 3] & 0xff);
    }

    private static void setLength(byte[] slab, int at, int length) {
        slab[at] = (byte) (length >>> 24);
        slab[at + 1] = (byte) (length >>> 16);
        slab[at + 2] = (byte) (length >>> 8);
        slab[at + 3] = (byte) length;
    }

    /** Spread over all bits: neighbouring keys must not come to lie in a row. */
    private static int hash(byte[] key) {
        int hash = Arrays.hashCode(key) * 0x9e3779b9;
        return hash ^ hash >>> 16;
    }

    private static long[] free(int places) {
        long[] entries = new long[places];
        Arrays.fill(entries, FREE);
        return entries;
    }
}
