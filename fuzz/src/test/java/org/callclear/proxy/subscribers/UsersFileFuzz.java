package org.callclear.proxy.subscribers;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.callclear.fuzz.Cost;
import org.callclear.fuzz.Holds;
import org.callclear.fuzz.Scratch;
import org.callclear.fuzz.Swollen;
import org.callclear.proxy.subscribers.UsersFile.Fault;
import org.callclear.proxy.subscribers.UsersFile.Reading;

/** The file of users and passwords: it is read, or each fault has a place, and none shows a password. */
public final class UsersFileFuzz {
    private static final int LONGEST = 64_000;
    private static final Path FILE = Scratch.folder("users").resolve("users.csv");
    private static final String SECRET = "tops3cret";

    private UsersFileFuzz() {}

    /** The file. */
    public static void fuzzerTestOneInput(byte[] data) {
        byte[] content = Swollen.of(data, LONGEST);
        Scratch.write(FILE, content);
        check(Cost.bounded(content.length, () -> UsersFile.read(FILE)), new String(content, StandardCharsets.UTF_8));
    }

    private static void check(Reading reading, String content) {
        switch (reading) {
            case Reading.Read read -> {
                Holds.that(
                        content.contains("username,password,number") || content.contains("\""), "users from nowhere");
                Holds.that(!read.toString().contains(SECRET), "a password is shown");
            }
            case Reading.Unusable unusable -> {
                Holds.that(!unusable.faults().isEmpty(), "unusable without a fault");
                long lines =
                        1 + content.chars().filter(c -> c == '\n' || c == '\r').count();
                for (Fault fault : unusable.faults()
                        .subList(0, Math.min(100, unusable.faults().size()))) {
                    Holds.that(fault.line() >= 0 && fault.line() <= lines, () -> "line " + fault.line());
                    Holds.that(fault.toString().chars().noneMatch(Character::isISOControl), "control in a fault");
                    Holds.that(
                            !fault.toString().contains(SECRET) || fault.field().equals("username"),
                            "a fault shows a password");
                }
            }
        }
    }
}
