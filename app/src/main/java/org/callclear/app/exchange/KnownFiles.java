package org.callclear.app.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.callclear.schemas.avro.ExchangeDirection;
import org.callclear.schemas.avro.UsageFile;

/** The files of one carrier that came in or went out before. */
record KnownFiles(List<UsageFile> files) {
    KnownFiles {
        files = List.copyOf(files);
    }

    static KnownFiles of(Collection<UsageFile> files, String carrier) {
        return new KnownFiles(
                files.stream().filter(file -> file.getCarrier().equals(carrier)).toList());
    }

    /** What is known of a file that is to come in. */
    sealed interface Standing {
        /** Nothing speaks against it. */
        record Fresh(List<String> notices) implements Standing {
            public Fresh {
                notices = List.copyOf(notices);
            }
        }

        /** This very file is in. */
        record Before(UsageFile file) implements Standing {}

        /** It must not come in; why. */
        record Refused(List<String> why) implements Standing {
            public Refused {
                why = List.copyOf(why);
            }
        }
    }

    /**
     * Looks at a file.
     *
     * @param sequence 0 when the sender gives none
     * @param allowGap whether numbers may be missing before this one
     */
    Standing standing(String name, byte[] digest, long sequence, boolean allowGap) {
        List<String> why = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        for (UsageFile file : imported()) {
            boolean sameName = file.getFileName().equals(name);
            boolean sameBytes = file.getDigest().equals(ByteBuffer.wrap(digest));
            if (sameName && sameBytes) {
                return new Standing.Before(file);
            }
            if (sameName) {
                why.add("was imported with other content at " + UtcTime.format(file.getAt()));
            } else if (sameBytes) {
                why.add("was imported as " + file.getFileName() + " at " + UtcTime.format(file.getAt()));
            }
        }
        if (sequence > 0) {
            checkSequence(name, sequence, allowGap, why, notices);
        }
        return why.isEmpty() ? new Standing.Fresh(notices) : new Standing.Refused(why);
    }

    private void checkSequence(String name, long sequence, boolean allowGap, List<String> why, List<String> notices) {
        imported().stream()
                .filter(file ->
                        file.getSequence() == sequence && !file.getFileName().equals(name))
                .findFirst()
                .ifPresent(file -> why.add("sequence " + sequence + " was taken by " + file.getFileName()));
        Set<Long> there = imported().stream().map(UsageFile::getSequence).collect(Collectors.toSet());
        long last = there.stream().reduce(0L, Math::max);
        if (sequence <= last + 1) {
            return;
        }
        String missing = last + 1 == sequence - 1
                ? "sequence " + (sequence - 1) + " is missing"
                : "sequences " + (last + 1) + " to " + (sequence - 1) + " are missing";
        if (allowGap) {
            notices.add(missing);
        } else {
            why.add(missing + " before " + sequence);
        }
    }

    /** The export of a number. */
    Optional<UsageFile> exported(long sequence) {
        return of(ExchangeDirection.EXPORTED).stream()
                .filter(file -> file.getSequence() == sequence)
                .findFirst();
    }

    /** The export of the highest number. */
    Optional<UsageFile> lastExported() {
        return of(ExchangeDirection.EXPORTED).stream().max(Comparator.comparingLong(UsageFile::getSequence));
    }

    private List<UsageFile> imported() {
        return of(ExchangeDirection.IMPORTED);
    }

    private List<UsageFile> of(ExchangeDirection direction) {
        return files.stream().filter(file -> file.getDirection() == direction).toList();
    }
}
