package org.callclear.app.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.callclear.schemas.wire.KafkaAccess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerStorageTest {
    private static final StackSettings STACK = new StackSettings("MkU3OEVBNTcwNTJENDM2Qg", 21_001, 21_002, 21_003);

    @TempDir
    Path folder;

    private Path place;
    private Properties settings;

    @BeforeEach
    void plan() {
        place = folder.resolve("kafka");
        settings = BrokerSettings.of(
                STACK, place, new KafkaAccess.Tls(folder.resolve("ca.pem"), folder.resolve("broker.pem")));
    }

    @Test
    void aNewPlaceIsFormattedOnceAndThenKept() throws IOException {
        assertThat(make()).isEqualTo(BrokerStorage.Found.FORMATTED);
        String meta = Files.readString(place.resolve("meta.properties"));

        assertThat(make()).isEqualTo(BrokerStorage.Found.KEPT);
        assertThat(place.resolve("meta.properties")).hasContent(meta);
    }

    @Test
    void whatAKilledFormatLeftBesideThePlaceIsCleared() throws IOException {
        Files.createDirectories(folder.resolve("kafka.formatting/__cluster_metadata-0"));
        Files.writeString(folder.resolve("kafka.formatting/bootstrap.checkpoint"), "half");

        assertThat(make()).isEqualTo(BrokerStorage.Found.FORMATTED);
        assertThat(folder.resolve("kafka.formatting")).doesNotExist();
    }

    @Test
    void aHalfFormattedPlaceIsFormattedAgain() throws IOException {
        Files.createDirectories(place.resolve("__cluster_metadata-0"));
        Files.writeString(place.resolve("bootstrap.checkpoint"), "half");

        assertThat(make()).isEqualTo(BrokerStorage.Found.FORMATTED);
        assertThat(place.resolve("meta.properties")).exists();
    }

    @Test
    void recordsWithoutMetaPropertiesAreNotThrownAway() throws IOException {
        Path log = place.resolve("settlement-journal-0/00000000000000000000.log");
        Files.createDirectories(log.getParent());
        Files.writeString(log, "money");

        assertThatThrownBy(this::make).isInstanceOf(StackException.class).hasMessageContaining("meta.properties");
        assertThat(log).hasContent("money");
    }

    @Test
    void garbageInMetaPropertiesIsNamed() throws IOException {
        make();
        Files.writeString(place.resolve("meta.properties"), "\u0000\u0007 not properties at all");

        refusedNaming(place.resolve("meta.properties"));
    }

    @Test
    void theRecordsOfAnotherClusterAreRefused() throws IOException {
        make();
        Path meta = place.resolve("meta.properties");
        Files.writeString(meta, Files.readString(meta).replace(STACK.clusterId(), "AAAAAAAAAAAAAAAAAAAAAA"));

        refusedNaming(meta);
    }

    @Test
    void aPlainFileInThePlaceIsNamed() throws IOException {
        Files.writeString(place, "file");

        refusedNaming(place);
    }

    @Test
    void aSegmentThatIsNoFileIsNamed() throws IOException {
        make();
        Path segment = place.resolve("settlement-journal-0/00000000000000000000.log");
        Files.createDirectories(segment);

        refusedNaming(segment);
    }

    @Test
    void aSegmentThatCannotBeReadIsNamed() throws IOException {
        make();
        Path segment = place.resolve("settlement-journal-0/00000000000000000000.log");
        Files.createDirectories(segment.getParent());
        // A link to nowhere cannot be read by anybody, not even by root.
        Files.createSymbolicLink(segment, folder.resolve("nowhere"));

        refusedNaming(segment);
    }

    private void refusedNaming(Path file) {
        assertThatThrownBy(this::make)
                .isInstanceOf(StackException.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("\n");
    }

    private BrokerStorage.Found make() {
        return new BrokerStorage(place).make(STACK.clusterId(), settings);
    }
}
