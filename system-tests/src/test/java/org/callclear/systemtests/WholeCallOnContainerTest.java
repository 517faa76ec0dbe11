package org.callclear.systemtests;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;

/** The suite on Kafka in a container, where a Docker engine answers. */
@EnabledIf("engineAnswers")
class WholeCallOnContainerTest extends WholeCallSuite {
    static boolean engineAnswers() {
        boolean answers = DockerClientFactory.instance().isDockerAvailable();
        if (!answers) {
            System.err.println("\n*** SKIPPED: no Docker engine answers; the suite ran on the embedded broker ***\n");
        }
        return answers;
    }

    @Override
    Ground ground(Path directory) {
        return ContainerGround.start(directory);
    }
}
