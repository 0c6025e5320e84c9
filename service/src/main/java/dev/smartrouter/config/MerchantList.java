package dev.smartrouter.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.smartrouter.pool.RedisConfig;
import dev.smartrouter.tier.InvalidMerchantConfigException;
import dev.smartrouter.tier.MerchantConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of merchants' configs.
 *
 * @param next the cursor of the page after it; null at the end
 */
record MerchantList(List<Merchant> merchants, @Nullable String next) {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    static MerchantList of(RedisConfig.Page page) {
        return new MerchantList(
                page.entries().stream().map(Merchant::of).toList(), page.next().orElse(null));
    }

    /**
     * @param etag without the quotes
     * @param config null if it cannot be read, as when a hand wrote it
     * @param refused why it cannot be read; null if it can
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Merchant(
            String merchantId,
            String etag,
            @Nullable JsonNode config,
            @Nullable String refused) {
        static Merchant of(RedisConfig.Entry entry) {
            var text = entry.config().text();
            try {
                MerchantConfig.parse(text);
                return new Merchant(entry.merchant(), entry.config().hash(), JSON.readTree(text), null);
            } catch (InvalidMerchantConfigException | JsonProcessingException e) {
                return new Merchant(entry.merchant(), entry.config().hash(), null, e.getMessage());
            }
        }
    }
}
