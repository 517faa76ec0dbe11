package org.callclear.proxy.subscribers;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.callclear.proxy.number.NumberReader;
import org.callclear.proxy.subscribers.Subscribers.Subscriber;
import org.callclear.schemas.call.E164Number;

/**
 * Reads the users file: CSV (RFC 4180), UTF-8, header {@code username,password,number}; the number is E.164 digits with
 * no plus, or empty. It is read whole before any of it is used; every fault is found, not only the first.
 */
public final class UsersFile {
    private static final List<String> HEADER = List.of("username", "password", "number");
    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));
    private static final int LONGEST_NAME = 64;

    private UsersFile() {}

    /** What came of reading the file. */
    public sealed interface Reading {
        /** All of it is good. */
        record Read(Subscribers subscribers) implements Reading {}

        /** It cannot be used. */
        record Unusable(List<Fault> faults) implements Reading {
            /** All faults in one line. */
            @Override
            public String toString() {
                return faults.stream().map(Fault::toString).collect(Collectors.joining("; "));
            }
        }
    }

    /**
     * What is wrong, and where.
     *
     * @param file the file
     * @param line from 1; 0 for the file as a whole
     * @param field the column; empty for the line as a whole
     * @param why one sentence with no password and no whole number in it
     */
    public record Fault(Path file, long line, String field, String why) {
        @Override
        public String toString() {
            return file + (line == 0 ? "" : ", line " + line) + (field.isEmpty() ? "" : ", " + field) + ": " + why;
        }
    }

    /** Reads the file. */
    public static Reading read(Path file) {
        try {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
            if (rights.stream().anyMatch(OF_OTHERS::contains)) {
                return unusable(
                        file,
                        "rights " + PosixFilePermissions.toString(rights)
                                + ": holds passwords, so only its owner may have any (chmod 600)");
            }
            return parse(file, Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return unusable(file, "there is no such file");
        } catch (CharacterCodingException e) {
            return unusable(file, "is not UTF-8");
        } catch (IOException e) {
            return unusable(file, "cannot be read: " + e.getMessage());
        } catch (UnsupportedOperationException e) {
            return unusable(file, "lies on a file system without owner rights, so it cannot be kept secret");
        }
    }

    private static Reading parse(Path file, String text) {
        List<CsvRecord> lines = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            reader.forEach(lines::add);
        } catch (CsvParseException | IOException e) {
            long last = lines.isEmpty() ? 0 : lines.getLast().getStartingLineNumber();
            return new Reading.Unusable(List.of(new Fault(file, last + 1, "", "is not CSV (RFC 4180)")));
        }
        if (lines.isEmpty() || !lines.getFirst().getFields().equals(HEADER)) {
            return new Reading.Unusable(
                    List.of(new Fault(file, 1, "", "the header must be " + String.join(",", HEADER))));
        }
        Map<String, Subscriber> subscribers = new LinkedHashMap<>();
        for (CsvRecord line : lines.subList(1, lines.size())) {
            List<Fault> found = faults(file, line, subscribers);
            if (found.isEmpty()) {
                String number = line.getField(2);
                subscribers.put(
                        line.getField(0),
                        new Subscriber(line.getField(1), number.isEmpty() ? null : new E164Number(number)));
            }
            faults.addAll(found);
        }
        return faults.isEmpty()
                ? new Reading.Read(new Subscribers(subscribers, new NumberReader()))
                : new Reading.Unusable(List.copyOf(faults));
    }

    private static List<Fault> faults(Path file, CsvRecord line, Map<String, Subscriber> before) {
        long number = line.getStartingLineNumber();
        if (line.getFieldCount() != HEADER.size()) {
            String why = "has " + line.getFieldCount() + " fields, must have " + HEADER.size();
            return List.of(new Fault(file, number, "", why));
        }
        List<Fault> faults = new ArrayList<>();
        String name = line.getField(0);
        if (!isName(name)) {
            String why = "must be 1 to " + LONGEST_NAME + " printable characters without blanks, quotes and colons";
            faults.add(new Fault(file, number, "username", why));
        } else if (before.containsKey(name)) {
            faults.add(new Fault(file, number, "username", "'" + name + "' stands in the file twice"));
        }
        if (line.getField(1).isEmpty() || line.getField(1).chars().anyMatch(Character::isISOControl)) {
            faults.add(new Fault(file, number, "password", "must not be empty or hold control characters"));
        }
        String telephone = line.getField(2);
        if (!telephone.isEmpty() && !E164Number.isValid(telephone)) {
            String why = "'" + E164Number.mask(telephone) + "': must be empty or E.164 digits with no plus";
            faults.add(new Fault(file, number, "number", why));
        }
        return faults;
    }

    /** A colon ends the name in the digest's A1 (RFC 7616, 3.4.2); a quote or backslash would need escapes in it. */
    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && name.chars()
                        .noneMatch(c -> Character.isISOControl(c)
                                || Character.isWhitespace(c)
                                || c == ':'
                                || c == '"'
                                || c == '\\');
    }

    private static Reading unusable(Path file, String why) {
        return new Reading.Unusable(List.of(new Fault(file, 0, "", why)));
    }
}
