package org.callclear.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.testkit.tokens.ForgedTokens;
import org.junit.jupiter.api.Test;

/** Seeds of tokens and claims, good and forged. {@code -Dcallclear.write-seeds=true} writes them. */
class TokenSeedsTest {
    private static final Path SEEDS = Path.of(System.getProperty("callclear.seeds", "seeds"));

    @Test
    void theSeedsAreTheTokensOfTheTestKit() throws IOException {
        Map<String, byte[]> wanted = wanted();
        if (Boolean.getBoolean("callclear.write-seeds")) {
            for (Map.Entry<String, byte[]> seed : wanted.entrySet()) {
                Path file = SEEDS.resolve(seed.getKey());
                Files.createDirectories(file.getParent());
                Files.write(file, seed.getValue());
            }
        }

        for (Map.Entry<String, byte[]> seed : wanted.entrySet()) {
            assertThat(SEEDS.resolve(seed.getKey())).hasBinaryContent(seed.getValue());
        }
    }

    private static Map<String, byte[]> wanted() {
        Map<String, byte[]> wanted = new LinkedHashMap<>();
        wanted.put("token/good.jwt", bytes(KnownTokens.TOKEN));
        wanted.put("claims/good.json", KnownTokens.CLAIMS.toJson());
        new ForgedTokens(KnownTokens.CLAIMS).all().forEach((refusal, token) -> {
            String name = refusal.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
            if (refusal.compareTo(SetupRefusal.BAD_SIGNATURE) <= 0) {
                wanted.put("token/" + name + ".jwt", bytes(token));
            } else {
                wanted.put("claims/" + name + ".json", Jws.parse(token).payload());
            }
        });
        return wanted;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
