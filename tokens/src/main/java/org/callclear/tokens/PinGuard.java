package org.callclear.tokens;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.callclear.schemas.wire.FileMark;
import org.jspecify.annotations.Nullable;

/**
 * Tries a PIN once. One that was refused is refused again without asking, until the file with the PIN or the
 * configuration that says which hardware it is for changes: whoever looks for keys several times a second would lock the
 * hardware for good within one.
 */
final class PinGuard {
    private final Path pinFile;
    private final Path providerConfig;
    private @Nullable Refusal last;

    private record Refusal(List<FileMark> marks, RefusedPinException why) {}

    /** Opens the hardware with the PIN. */
    interface Login<T> {
        T with() throws IOException;
    }

    PinGuard(Path pinFile, Path providerConfig) {
        this.pinFile = pinFile;
        this.providerConfig = providerConfig;
    }

    /** @throws RefusedPinException when the PIN is refused, now or the last time it was tried */
    <T> T once(Login<T> login) throws IOException {
        List<FileMark> marks =
                List.of(FileMark.of(pinFile), FileMark.of(providerConfig)); // before: a change shows again
        if (last != null && last.marks().equals(marks)) {
            throw last.why();
        }
        try {
            T opened = login.with();
            last = null;
            return opened;
        } catch (RefusedPinException e) {
            last = new Refusal(marks, e);
            throw e;
        }
    }
}
