package org.callclear.schemas.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EveryRecordIsDocumentedTest {

    static Stream<Schema> records() {
        return Stream.concat(
                        Arrays.stream(Topic.values()).flatMap(topic -> topic.records().stream()),
                        Catalogue.internalRecords().stream())
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyFieldSaysWhatItMeans(Schema schema) {
        List<String> silent = new ArrayList<>();
        collect(schema, silent);
        assertThat(silent).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyEnumSaysWhatItIsFor(Schema schema) {
        assertThat(enums(schema))
                .allSatisfy(e -> assertThat(e.getDoc()).as(e.getFullName()).isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyEnumHasADefaultSoThatOldReadersSurviveNewSymbols(Schema schema) {
        assertThat(enums(schema))
                .allSatisfy(
                        e -> assertThat(e.getEnumDefault()).as(e.getFullName()).isNotNull());
    }

    private static void collect(Schema schema, List<String> silent) {
        switch (schema.getType()) {
            case RECORD -> {
                if (schema.getDoc() == null) {
                    silent.add(schema.getName());
                }
                for (Schema.Field field : schema.getFields()) {
                    if (field.doc() == null || field.doc().isBlank()) {
                        silent.add(schema.getName() + "." + field.name());
                    }
                    collect(field.schema(), silent);
                }
            }
            case ARRAY -> collect(schema.getElementType(), silent);
            case UNION -> schema.getTypes().forEach(branch -> collect(branch, silent));
            default -> {}
        }
    }

    private static List<Schema> enums(Schema schema) {
        return switch (schema.getType()) {
            case ENUM -> List.of(schema);
            case RECORD ->
                schema.getFields().stream()
                        .flatMap(field -> enums(field.schema()).stream())
                        .toList();
            case ARRAY -> enums(schema.getElementType());
            case UNION ->
                schema.getTypes().stream()
                        .flatMap(branch -> enums(branch).stream())
                        .toList();
            default -> List.of();
        };
    }
}
