package dev.smartrouter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** What goes into what ships, and from where. */
class SupplyChainTest {
    private static final Pattern COPY = Pattern.compile("(?m)^(?:COPY|ADD) (?:--from=trained )?(\\S+) \\S+$");
    private static final Pattern MADE = Pattern.compile(
            "\\$\\{BUILD}/(lib|smart-router-service-\\*\\.jar|simulator\\.jar)|train|/app/smart-router\\.aot");
    private static final Pattern SECRET = Pattern.compile("(?i)password|secret|token|credential|_key\\b");

    @ParameterizedTest
    @ValueSource(strings = {"service", "simulator"})
    void anImageIsMadeOfWhatMavenMadeAndOfNoSecret(String module) throws IOException {
        var file = Files.readString(Path.of("..", module, "Dockerfile"));
        assertThat(file).doesNotContainPattern("(?m)^ENV ").doesNotContainPattern(SECRET.pattern());
        assertThat(file.lines().filter(line -> line.matches("(COPY|ADD) .*")).count())
                .isEqualTo(COPY.matcher(file).results().count());
        assertThat(COPY.matcher(file).results().map(copy -> copy.group(1)))
                .isNotEmpty()
                .allMatch(path -> MADE.matcher(path).matches());
        assertThat(Files.readAllLines(Path.of("..", module, ".dockerignore"))).contains("*");
    }

    /** Java takes a cache only for the collector it was made with; and what is measured must be what ships. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Dockerfile",
                "train",
                "pom.xml",
                "src/test/java/dev/smartrouter/bench/RouterApart.java",
                "../simulator/src/main/java/dev/smartrouter/simulator/Stack.java"
            })
    void aRouterHasTheSameOptionsWhereverItStarts(String file) throws IOException {
        assertThat(Files.readString(Path.of(file))).contains("-XX:+UseSerialGC", "-XX:CompileThresholdScaling=3");
    }

    @Test
    void nothingThatIsPackedLooksLikeASecret() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .isNotEmpty()
                    .noneMatch(name -> name.matches("(?i).*\\.(pem|key|p12|jks|env|kubeconfig)|id_.*|\\.netrc"));
        }
    }

    @Test
    void everyVersionIsOneVersionAndTheJarsHaveOneTime() throws Exception {
        var parent = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(Path.of("../pom.xml").toFile());
        var properties = (Element) parent.getElementsByTagName("properties").item(0);
        var pinned = 0;
        for (var node = properties.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (!node.getNodeName().endsWith(".version")) continue;
            assertThat(node.getTextContent())
                    .as(node.getNodeName())
                    .matches("\\d[\\w.-]*")
                    .doesNotContain("SNAPSHOT");
            pinned++;
        }
        assertThat(pinned).isGreaterThan(20);
        assertThat(properties
                        .getElementsByTagName("project.build.outputTimestamp")
                        .getLength())
                .isOne();
    }

    @Test
    void theBuildListsWhatShips() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml"))).contains("cyclonedx-maven-plugin", "<goal>makeBom</goal>");
    }
}
