package dev.smartrouter.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysFileIT {
    private static final String OLD = "0123456789abcdef";
    private static final String NEW = "fedcba9876543210";

    @TempDir
    private Path folder;

    @Test
    void aKeyComesAndGoesWithoutARestart() throws IOException {
        var path = Files.writeString(folder.resolve("keys"), "operate:" + OLD);
        var file = new ApiKeysFile(path, ApiKeys.NONE);
        Files.writeString(path, "operate:" + OLD + "\nread:" + NEW + "\n");
        assertThat(file.get().roleOf(NEW)).isEmpty();
        file.tick();
        assertThat(file.get().roleOf(NEW)).contains(Role.READ);
        Files.writeString(path, "read:" + NEW);
        file.tick();
        assertThat(file.get().roleOf(OLD)).isEmpty();
    }

    @Test
    void otherKeysHoldBesidesTheFiles() throws IOException {
        var path = Files.writeString(folder.resolve("keys"), "operate:" + OLD);
        var file = new ApiKeysFile(path, ApiKeys.parse("read:" + NEW));
        assertThat(file.get().roleOf(OLD)).contains(Role.OPERATE);
        assertThat(file.get().roleOf(NEW)).contains(Role.READ);
        Files.writeString(path, "allocate:" + OLD);
        file.tick();
        assertThat(file.get().roleOf(OLD)).contains(Role.ALLOCATE);
        assertThat(file.get().roleOf(NEW)).contains(Role.READ);
    }

    @Test
    void aFileThatIsNoneAnyMoreLocksNobodyOut() throws IOException {
        var path = Files.writeString(folder.resolve("keys"), "operate:" + OLD);
        var file = new ApiKeysFile(path, ApiKeys.NONE);
        for (var broken : new String[] {"", "# nothing", "operate:x"}) {
            Files.writeString(path, broken);
            file.tick();
            assertThat(file.get().roleOf(OLD)).contains(Role.OPERATE);
        }
        Files.delete(path);
        file.tick();
        assertThat(file.get().roleOf(OLD)).contains(Role.OPERATE);
    }

    @Test
    void withoutKeysInItThereIsNoStart() throws IOException {
        assertThatThrownBy(() -> new ApiKeysFile(folder.resolve("none"), ApiKeys.NONE))
                .hasMessage("a file that can be read");
        var path = Files.writeString(folder.resolve("keys"), "read:s3cret");
        assertThatThrownBy(() -> new ApiKeysFile(path, ApiKeys.NONE))
                .hasMessageContaining("role:secret")
                .message()
                .doesNotContain("s3cret");
    }
}
