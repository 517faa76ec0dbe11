package org.callclear.app.reference;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Passes bytes on and notes where they are not UTF-8 (RFC 3629): the first such place of each line. The reader behind it
 * puts a replacement there and goes on, so that all other faults of a file are found too.
 */
final class Utf8Watch extends FilterInputStream {
    private static final int MOST = 100;

    private final List<Place> places = new ArrayList<>();
    private long line = 1;
    private long column;
    private long badLine;
    private long begun;
    private int lead;
    private int wanted;
    private int least;
    private int most;

    /**
     * A byte that begins nothing of UTF-8.
     *
     * @param line from 1
     * @param column which byte of the line, from 1
     * @param octet the byte itself
     */
    record Place(long line, long column, int octet) {}

    Utf8Watch(InputStream in) {
        super(in);
    }

    /** The first hundred. */
    List<Place> places() {
        return List.copyOf(places);
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        if (octet < 0) {
            end();
        } else {
            take(octet);
        }
        return octet;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        for (int i = 0; i < count; i++) {
            take(bytes[offset + i] & 0xFF);
        }
        if (count < 0) {
            end();
        }
        return count;
    }

    private void end() {
        if (wanted > 0) {
            wanted = 0;
            note(begun, lead);
        }
    }

    private void take(int octet) {
        column++;
        if (wanted > 0) {
            if (octet >= least && octet <= most) {
                wanted--;
                least = 0x80;
                most = 0xBF;
                return;
            }
            wanted = 0;
            note(begun, lead);
        }
        if (octet >= 0x80) {
            begin(octet);
        } else if (octet == '\n') {
            line++;
            column = 0;
        }
    }

    /** Table 3-7 of the Unicode standard, as RFC 3629 has it. */
    private void begin(int octet) {
        begun = column;
        lead = octet;
        least = octet == 0xE0 ? 0xA0 : octet == 0xF0 ? 0x90 : 0x80;
        most = octet == 0xED ? 0x9F : octet == 0xF4 ? 0x8F : 0xBF;
        if (octet >= 0xC2 && octet <= 0xDF) {
            wanted = 1;
        } else if (octet >= 0xE0 && octet <= 0xEF) {
            wanted = 2;
        } else if (octet >= 0xF0 && octet <= 0xF4) {
            wanted = 3;
        } else {
            note(column, octet);
        }
    }

    private void note(long at, int octet) {
        if (line != badLine && places.size() < MOST) {
            badLine = line;
            places.add(new Place(line, at, octet));
        }
    }
}
