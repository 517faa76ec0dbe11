package org.callclear.app.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.callclear.schemas.topics.Topic;
import org.junit.jupiter.api.Test;

class TopicsDocumentTest {
    /** Maven runs a module's tests in the module's folder. */
    private static final Path PAGE = Path.of("..", "docs", "topics.md");

    @Test
    void theCommittedPageIsWhatTheCatalogueSays() throws IOException {
        if (Boolean.getBoolean("callclear.write-docs")) {
            Files.createDirectories(PAGE.resolveSibling("."));
            Files.writeString(PAGE, TopicsDocument.markdown());
        }

        assertThat(PAGE).hasContent(TopicsDocument.markdown());
    }

    @Test
    void everyTopicFamilyIsOnThePageTwice() {
        String page = TopicsDocument.markdown();

        for (Topic topic : Topic.values()) {
            assertThat(page.split("\\| `" + java.util.regex.Pattern.quote(topic.template()) + "` \\|", -1))
                    .hasSize(3);
        }
    }
}
