package org.callclear.app.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.callclear.app.exchange.KnownFiles.Standing;
import org.callclear.schemas.avro.ExchangeDirection;
import org.callclear.schemas.avro.UsageFile;
import org.junit.jupiter.api.Test;

class KnownFilesTest {
    private static final KnownFiles KNOWN = KnownFiles.of(
            List.of(
                    file(ExchangeDirection.IMPORTED, "acme", "a.csv", 1, 1),
                    file(ExchangeDirection.IMPORTED, "acme", "d.csv", 4, 4),
                    file(ExchangeDirection.IMPORTED, "acme", "without.csv", 9, 0),
                    file(ExchangeDirection.IMPORTED, "zenith", "z.csv", 7, 7),
                    file(ExchangeDirection.EXPORTED, "acme", "out-1.csv", 11, 1),
                    file(ExchangeDirection.EXPORTED, "acme", "out-2.csv", 12, 2)),
            "acme");

    @Test
    void theSameNameAndContentWasThereBefore() {
        assertThat(KNOWN.standing("a.csv", digest(1), 1, false))
                .isInstanceOfSatisfying(
                        Standing.Before.class,
                        before -> assertThat(before.file().getFileName()).isEqualTo("a.csv"));
    }

    @Test
    void theSameNameWithOtherContentIsRefused() {
        assertThat(KNOWN.standing("a.csv", digest(2), 0, false)).isInstanceOf(Standing.Refused.class);
    }

    @Test
    void theSameContentUnderAnotherNameIsRefusedNamingTheOther() {
        assertThat(KNOWN.standing("b.csv", digest(4), 0, false))
                .isInstanceOfSatisfying(
                        Standing.Refused.class,
                        no -> assertThat(no.why()).singleElement().asString().contains("d.csv"));
    }

    @Test
    void aNumberThatWasTakenIsRefusedNamingItsFile() {
        assertThat(KNOWN.standing("b.csv", digest(2), 4, true))
                .isInstanceOfSatisfying(
                        Standing.Refused.class,
                        no -> assertThat(no.why()).singleElement().asString().contains("d.csv"));
    }

    @Test
    void theNextNumberIsWelcomeAndSoIsOneThatWasMissing() {
        assertThat(KNOWN.standing("b.csv", digest(2), 5, false)).isEqualTo(new Standing.Fresh(List.of()));
        assertThat(KNOWN.standing("b.csv", digest(2), 2, false)).isEqualTo(new Standing.Fresh(List.of()));
    }

    @Test
    void aGapIsRefusedUnlessAllowedAndSaysWhatIsMissing() {
        assertThat(KNOWN.standing("b.csv", digest(2), 8, false))
                .isInstanceOfSatisfying(
                        Standing.Refused.class,
                        no -> assertThat(no.why()).singleElement().asString().contains("5", "7"));
        assertThat(KNOWN.standing("b.csv", digest(2), 8, true))
                .isInstanceOfSatisfying(
                        Standing.Fresh.class,
                        fresh -> assertThat(fresh.notices())
                                .singleElement()
                                .asString()
                                .contains("5", "7"));
    }

    @Test
    void otherCarriersAndExportsDoNotStandInTheWay() {
        assertThat(KNOWN.standing("out-1.csv", digest(11), 0, false)).isInstanceOf(Standing.Fresh.class);
        assertThat(KNOWN.standing("z.csv", digest(7), 0, false)).isInstanceOf(Standing.Fresh.class);
    }

    @Test
    void exportsAreKnownByTheirNumber() {
        assertThat(KNOWN.lastExported())
                .get()
                .extracting(UsageFile::getFileName)
                .isEqualTo("out-2.csv");
        assertThat(KNOWN.exported(1)).get().extracting(UsageFile::getFileName).isEqualTo("out-1.csv");
        assertThat(KNOWN.exported(3)).isEmpty();
    }

    private static byte[] digest(int content) {
        return new byte[] {(byte) content};
    }

    private static UsageFile file(
            ExchangeDirection direction, String carrier, String name, int content, long sequence) {
        return new UsageFile(
                direction,
                carrier,
                name,
                ByteBuffer.wrap(digest(content)),
                sequence,
                0L,
                0L,
                0L,
                0L,
                null,
                null,
                0L,
                Map.of(),
                Shelf.NOW,
                "test");
    }
}
