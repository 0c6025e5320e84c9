package dev.smartrouter.provider;

import dev.smartrouter.call.HttpFixture;
import dev.smartrouter.call.RouterFixture;

/** A router of stubs with the webhooks as well. */
final class ProviderFixture extends HttpFixture {
    ProviderFixture() {
        this(new RouterFixture());
    }

    private ProviderFixture(RouterFixture router) {
        this(router, new Webhook(router.allocator, router.panics::add));
    }

    private ProviderFixture(RouterFixture router, Webhook webhook) {
        super(
                router,
                new WebhookResource(webhook),
                new PublicWebhookResource(webhook),
                new StatusCallbackResource(router.releaser));
    }
}
