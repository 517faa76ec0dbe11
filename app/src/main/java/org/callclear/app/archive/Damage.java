package org.callclear.app.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where in a file of an archive something is not as it was. */
final class Damage {
    private Damage() {}

    /**
     * The places, in words.
     *
     * @param found of the file as it is
     */
    static String of(Path directory, Manifest.Share share, Manifest.Content file, FileSum found) {
        List<String> places = new ArrayList<>();
        if (found.size() != file.sum().size()) {
            places.add("it has " + found.size() + " bytes; the manifest says "
                    + file.sum().size());
        }
        int first = firstDifferent(file.sum().pieces(), found.pieces());
        if (first >= 0) {
            long from = (long) first * FileSum.PIECE;
            long to = Math.min(from + FileSum.PIECE, found.size());
            places.add("the first damage is in its bytes " + from + " to " + (to - 1));
        }
        unreadable(directory, share, file)
                .ifPresentOrElse(places::add, () -> places.add("every record of it can be read"));
        return String.join("; ", places);
    }

    private static int firstDifferent(List<String> expected, List<String> found) {
        for (int at = 0; at < Math.min(expected.size(), found.size()); at++) {
            if (!expected.get(at).equals(found.get(at))) {
                return at;
            }
        }
        return expected.size() == found.size() ? -1 : Math.min(expected.size(), found.size());
    }

    private static java.util.Optional<String> unreadable(Path directory, Manifest.Share share, Manifest.Content file) {
        Manifest.Share alone = new Manifest.Share(
                share.topic(), share.partition(), share.kind(), share.from(), share.begin(), share.to(), List.of(file));
        try (ShareReader reader = new ShareReader(directory, alone, KeptReader.Form.WRITTEN)) {
            while (reader.next() != null) {}
            return java.util.Optional.empty();
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            String path = directory.resolve(file.name()) + ": ";
            return java.util.Optional.of(message.startsWith(path) ? message.substring(path.length()) : message);
        }
    }
}
