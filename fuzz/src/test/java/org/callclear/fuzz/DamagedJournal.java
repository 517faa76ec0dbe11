package org.callclear.fuzz;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * A journal of lines with a checksum each, after a disk has damaged it: it is refused, or it says what its whole lines
 * said before the damage, never anything else. Lines with a right checksum, whatever stands in them, are refused or come
 * back as they were.
 *
 * @param <S> what a journal says
 */
public final class DamagedJournal<S> {
    private static final int LONGEST = 50_000;

    private final Path file;
    private final byte[] good;
    private final Supplier<@Nullable S> reading;
    private final Supplier<Checksum> checksum;
    private final List<S> states = new ArrayList<>();

    /**
     * @param file where the journal is read from
     * @param good a journal in good order
     * @param reading what the file says; null when it is refused
     * @param checksum that of a line
     */
    public DamagedJournal(Path file, byte[] good, Supplier<@Nullable S> reading, Supplier<Checksum> checksum) {
        this.file = file;
        this.good = good;
        this.reading = reading;
        this.checksum = checksum;
        for (int end = 0; end <= good.length; end++) {
            if (end == 0 || good[end - 1] == '\n') {
                Scratch.write(file, Arrays.copyOf(good, end));
                S state = reading.get();
                if (state == null) {
                    throw new AssertionError("a good journal is refused");
                }
                states.add(state);
            }
        }
    }

    /**
     * The damage; or, when the first byte is 255, lines that get the checksum they should have.
     *
     * @return what the journal said then; null when it was refused
     */
    public @Nullable S feed(byte[] data) {
        return data.length > 0 && data[0] == (byte) 0xFF
                ? signed(Arrays.copyOfRange(data, 1, Math.min(data.length, LONGEST)))
                : damaged(Damage.of(data, good));
    }

    private @Nullable S damaged(Damage.Damaged damaged) {
        Scratch.write(file, damaged.file());
        S state = reading.get();
        switch (damaged.kind()) {
            case NONE -> Holds.same(states.getLast(), state, "an undamaged journal");
            case TORN, ZEROED -> Holds.same(states.get(lines(damaged.file())), state, "a torn journal");
            case FLIPPED, LOST, DOUBLED ->
                // Lines lost or doubled whole leave a journal in good order, which no checksum of a line can tell.
                Holds.that(
                        state == null || states.contains(state) || hasOnlyOurLines(damaged.file()),
                        () -> damaged.kind() + " at " + damaged.at() + " gave " + state);
        }
        return state;
    }

    private @Nullable S signed(byte[] bodies) {
        StringBuilder text = new StringBuilder();
        new String(bodies, StandardCharsets.ISO_8859_1).lines().forEach(body -> {
            Checksum sum = checksum.get();
            sum.update(body.getBytes(StandardCharsets.UTF_8));
            text.append("%08x".formatted(sum.getValue()))
                    .append(' ')
                    .append(body)
                    .append('\n');
        });
        Scratch.write(file, text.toString().getBytes(StandardCharsets.ISO_8859_1));
        S state = reading.get();
        if (state != null) {
            Holds.same(state, reading.get(), "a journal opened twice");
        }
        return state;
    }

    private boolean hasOnlyOurLines(byte[] damaged) {
        List<String> ours =
                new String(good, StandardCharsets.ISO_8859_1).lines().toList();
        String text = new String(damaged, StandardCharsets.ISO_8859_1);
        return ours.containsAll(
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList());
    }

    private static int lines(byte[] file) {
        int lines = 0;
        for (byte b : file) {
            lines += b == '\n' ? 1 : 0;
        }
        return lines;
    }
}
