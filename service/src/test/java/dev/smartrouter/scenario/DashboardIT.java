package dev.smartrouter.scenario;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser.NewPageOptions;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The operator's page in a real browser, before a real router and a real Redis. With -Ddashboard.screenshots=docs/images
 * it also makes the documents' pictures.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DashboardIT {
    private static final int MOST_BYTES = 150_000;
    private static final int FIRST_PAINT_MS = 1_000;
    /** For a machine that does other things as well. */
    private static final int PATIENCE_MS = 20_000;

    private static final Path AXE = Path.of("src/test/resources/axe/axe.min.js");
    private static final String VIOLATIONS = """
            async () => (await axe.run()).violations.map(one =>
              one.id + ': ' + one.nodes.map(node => node.target + ' ' + node.failureSummary).join(' | '))""";
    private static final String FIRST_PAINT =
            "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1";
    private static final String COUNT_FRAMES = """
            () => {
              window.framesDrawn = 0;
              const frame = () => { window.framesDrawn++; requestAnimationFrame(frame); };
              frame();
            }""";

    private static DashboardTown town;

    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void open() throws IOException {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        town = new DashboardTown();
        town.api().json("/api/v1/allocate", call("CA_T1", "twilio", "lead")).is(200);
        town.api().json("/api/v1/allocate", call("CA_P1", "plivo", "lead")).is(200);
    }

    @AfterAll
    static void close() {
        if (town != null) town.close();
    }

    @AfterEach
    void noPageComplained() {
        assertThat(complaints).isEmpty();
    }

    @Test
    @Order(1)
    void itIsSmallFastAndOfThisRouterAlone() {
        var answers = new ArrayList<Response>();
        try (var page = blank(ColorScheme.LIGHT, 1280)) {
            page.onResponse(answers::add);
            page.navigate(town.admin() + "/dashboard");
            live(page);
            assertThat(answers)
                    .allMatch(answer -> answer.url().startsWith(town.admin().toString()));
            var bytes = answers.stream()
                    .filter(answer -> !answer.url().endsWith("/events"))
                    .mapToInt(answer -> answer.body().length)
                    .sum();
            assertThat(bytes).isBetween(50_000, MOST_BYTES);
            assertThat(answers)
                    .anySatisfy(answer -> assertThat(answer.headerValue("content-security-policy"))
                            .contains("default-src 'none'"));
            // a busy machine may stumble once
            Awaitility.await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
                page.reload();
                var painted = ((Number) page.evaluate(FIRST_PAINT)).doubleValue();
                assertThat(painted).isBetween(0.0, (double) FIRST_PAINT_MS);
            });
        }
    }

    @Test
    @Order(2)
    void everyPodIsShownAsItIs() {
        try (var page = show(town.main())) {
            assertThat(pod(page, "voice-agent-5").locator(".is")).hasText("not ready");
            assertThat(pod(page, "voice-agent-6").locator(".is")).hasText("terminating");
            assertThat(pod(page, "voice-agent-7").locator(".is")).hasText("quarantined");
            assertThat(pod(page, "voice-agent-8").locator(".is")).hasText("available 0 of 3");
            assertThat(page.locator(".pods .is").getByText("in calls 1 of 1")).hasCount(2);
            assertThat(page.locator("#calls tbody tr")).hasCount(2);
            assertThat(page.locator("#state")).containsText("✓ answers");
            assertThat(page.locator("#state")).containsText("✓ open");
            assertThat(page.locator("#loops")).containsText("audit");
            assertThat(page.locator("#plots canvas")).hasCount(2);
            page.getByLabel("only pods that are out of service").check();
            assertThat(pod(page, "voice-agent-8")).isHidden();
            assertThat(pod(page, "voice-agent-5")).isVisible();
        }
    }

    @Test
    @Order(3)
    void aPodDrainedOnThePageIsDrainedInRedis() {
        try (var page = show(town.admin())) {
            pod(page, "voice-agent-4").click();
            button(page, "Drain…").click();
            assertThat(page.locator("#sure")).containsText("takes no new call for 6 min");
            button(page, "Leave it").click();
            assertThat(town.isDrained("voice-agent-4")).isFalse();
            button(page, "Drain…").click();
            button(page, "Drain it").click();
            assertThat(page.locator("#said")).hasText("voice-agent-4 is drained.");
            assertThat(town.isDrained("voice-agent-4")).isTrue();
            assertThat(page.locator("#told")).containsText("drained by somebody's word");
            assertThat(pod(page, "voice-agent-4").locator(".is")).hasText("draining");
            button(page, "Undrain…").click();
            button(page, "Undrain it").click();
            assertThat(page.locator("#said")).hasText("voice-agent-4 is undrained.");
            assertThat(town.isDrained("voice-agent-4")).isFalse();
            assertThat(pod(page, "voice-agent-4").locator(".is")).hasText("available");
        }
    }

    @Test
    @Order(4)
    void aCallHasItsStoryWhenItIsOverToo() {
        try (var page = show(town.admin())) {
            town.api()
                    .json("/api/v1/allocate", call("CA_STORY", "exotel", "lead"))
                    .is(200);
            page.locator("#calls").getByText("CA_STORY").click();
            assertThat(page.locator("#facts")).containsText("exotel");
            town.api().release("CA_STORY").is(200);
            assertThat(page.locator("#told")).containsText("released: call_completed");
            button(page, "Close").click();
            assertThat(page.locator("#calls").getByText("CA_STORY")).hasCount(0);
            assertThat(page.locator("#ended-note")).containsText("a restart forgets them");
            page.getByLabel("Call or pod").fill("CA_STORY");
            page.keyboard().press("Enter");
            assertThat(page.locator("#facts")).containsText("over");
        }
    }

    @Test
    @Order(5)
    void whateverANameHoldsStaysText() {
        var evil = "<img src=x onerror=alert(1)>";
        town.api().json("/api/v1/allocate", call("CA_EVIL", evil, evil)).is(200);
        try (var page = show(town.admin())) {
            page.locator("#calls").getByText("CA_EVIL").click();
            assertThat(page.locator("#facts")).containsText(evil);
            assertThat(page.locator("#calls")).containsText(evil);
            assertThat(page.locator("img")).hasCount(0);
        }
        town.api().release("CA_EVIL").is(200);
    }

    @Test
    @Order(6)
    void theKeyboardReachesEverything() {
        try (var page = show(town.admin())) {
            pod(page, "voice-agent-0").focus();
            page.keyboard().press("ArrowRight");
            assertThat(pod(page, "voice-agent-1")).isFocused();
            page.keyboard().press("End");
            assertThat(pod(page, "voice-agent-2")).isFocused();
            page.keyboard().press("Tab");
            assertThat(pod(page, "voice-agent-3")).isFocused();
            page.keyboard().press("Enter");
            assertThat(page.locator("#story-title")).hasText("Pod voice-agent-3");
            page.keyboard().press("Escape");
            assertThat(page.locator("#story")).isHidden();
            assertThat(pod(page, "voice-agent-3")).isFocused();
        }
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280", "DARK, 1280", "LIGHT, 360"})
    @Order(7)
    void axeFindsNothing(ColorScheme scheme, int width) throws IOException {
        var axe = Files.readString(AXE);
        try (var page = blank(scheme, width)) {
            page.navigate(town.admin() + "/dashboard");
            live(page);
            if (System.getProperty("dashboard.screenshots") instanceof String folder) {
                var name = "dashboard-%s-%d.png".formatted(scheme.name().toLowerCase(Locale.ROOT), width);
                picture(page, Path.of("..", folder, name));
            }
            page.evaluate(axe + "\n;undefined");
            assertThat((List<?>) page.evaluate(VIOLATIONS)).isEmpty();
            assertThat((int) page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
                    .isNotPositive();
            pod(page, "voice-agent-0").click();
            assertThat(page.locator("#facts")).containsText("Incarnation");
            assertThat((List<?>) page.evaluate(VIOLATIONS)).isEmpty();
            button(page, "Drain…").click();
            assertThat((List<?>) page.evaluate(VIOLATIONS)).isEmpty();
        }
    }

    @Test
    @Order(8)
    void aKeyIsSentWithWhateverIsAsked() {
        try (var page = show(town.admin())) {
            var keys = new HashMap<String, String>();
            page.onRequest(request -> keys.put(
                    URI.create(request.url()).getPath(), String.valueOf(request.headerValue("authorization"))));
            button(page, "Key…").click();
            page.locator("#secret").fill("s3cret");
            button(page, "Use it").click();
            Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> {
                page.waitForTimeout(50);
                return "Bearer s3cret".equals(keys.get("/dashboard/events"));
            });
            live(page);
            pod(page, "voice-agent-0").click();
            assertThat(page.locator("#facts")).containsText("Incarnation");
            assertThat(keys).containsEntry("/dashboard/story", "Bearer s3cret");
        }
    }

    @Test
    @Order(9)
    void anotherSitesPageDrainsNothing() throws Exception {
        var settings = new HashMap<>(town.settings());
        settings.put("METRICS_PORT", "0");
        settings.put("AUTH_MODE", "off");
        try (var open = Router.here(settings)) {
            for (var origin : List.of("http://evil.example", "null")) {
                assertThat(post(town.admin(), origin)).as("not from near by").isEqualTo(401);
                assertThat(post(town.main(), origin)).as("not from near by").isEqualTo(401);
                assertThat(post(open.admin(), origin)).as("whoever else may").isEqualTo(403);
                assertThat(post(open.api(), origin)).as("whoever else may").isEqualTo(403);
            }
        }
        assertThat(town.isDrained("voice-agent-0")).isFalse();
    }

    @Test
    @Order(10)
    void itIsWhereTheSettingSays() {
        var settings = new HashMap<>(town.settings());
        settings.put("METRICS_PORT", "0");
        settings.put("DASHBOARD", "admin");
        try (var router = Router.here(settings)) {
            assertThat(new Caller(router.admin()).get("/dashboard").status()).isEqualTo(200);
            assertThat(router.caller().get("/dashboard").status()).isEqualTo(404);
            assertThat(router.caller().get("/dashboard/events").status()).isEqualTo(404);
        }
        settings.put("DASHBOARD", "off");
        try (var router = Router.here(settings)) {
            assertThat(new Caller(router.admin()).get("/dashboard").status()).isEqualTo(404);
            assertThat(new Caller(router.admin()).drain("voice-agent-0").status())
                    .isEqualTo(404);
        }
    }

    @Test
    @Order(11)
    void aLostConnectionShowsAndHeals() {
        try (var page = show(town.admin())) {
            assertThat(town.stopRouter()).as("nobody waits for who watches").isLessThan(Duration.ofSeconds(8));
            assertThat(page.locator("#line")).containsText("Connection lost");
            assertThat(page).hasTitle("✗ Smart Router");
            town.startRouter();
            live(page);
            assertThat(page).hasTitle("Smart Router");
            assertThat(page.locator("#calls tbody tr")).hasCount(2);
        }
        complaints.removeIf(said -> said.startsWith("Failed to load resource")); // the browser's own, of each try
    }

    @Test
    @Order(12)
    void fiveHundredPodsStaySmooth() {
        town.fleet();
        try (var page = show(town.admin());
                var callers = Executors.newFixedThreadPool(4)) {
            assertThat(page.locator(".pods li")).hasCount(511);
            page.evaluate(COUNT_FRAMES);
            var devTools = devTools(page);
            var before = work(devTools);
            for (int i = 0; i < 400; i++) {
                var sid = "CA_F" + i;
                callers.execute(() -> {
                    town.api().json("/api/v1/allocate", "{\"call_sid\":\"" + sid + "\",\"merchant_id\":\"fleet\"}");
                    if (sid.hashCode() % 2 == 0) town.api().release(sid);
                });
            }
            page.waitForTimeout(4_000);
            var busy = work(devTools) - before;
            var frames = ((Number) page.evaluate("() => framesDrawn")).intValue();
            assertThat(busy).as("processor seconds of four").isBetween(0.001, 1.2); // 0.3 when it was written
            assertThat(frames).as("frames in 4 s").isGreaterThan(40); // by the clock, and the machine may be busy
            assertThat(page.locator(".pods .is").getByText("in calls 1 of 1").count())
                    .isGreaterThan(50);
        }
    }

    /** Processor time that the page's main thread has taken so far, in seconds. */
    private static double work(CDPSession devTools) {
        for (var metric : devTools.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            var one = metric.getAsJsonObject();
            if (one.get("name").getAsString().equals("TaskDuration"))
                return one.get("value").getAsDouble();
        }
        throw new AssertionError("the browser tells no TaskDuration");
    }

    private static CDPSession devTools(Page page) {
        var domain = new JsonObject();
        domain.addProperty("timeDomain", "threadTicks");
        var devTools = page.context().newCDPSession(page);
        devTools.send("Performance.enable", domain);
        return devTools;
    }

    /** Some calls come and go before the picture is taken, so that there is something to see. */
    private static void picture(Page page, Path to) {
        var live = new ArrayList<String>();
        for (int second = 0; second < 12; second++) {
            for (int i = 0; i <= second % 5; i++) {
                var sid = "CA_" + Integer.toHexString(second * 7919 + i * 104_729 + 0xABCDE);
                var provider = List.of("twilio", "plivo", "exotel").get(i % 3);
                live.add(sid);
                town.api().json("/api/v1/allocate", call(sid, provider, "lead"));
                if (i < 4) town.api().release(sid);
            }
            page.waitForTimeout(700);
        }
        town.api().drain("voice-agent-10").is(200);
        assertThat(pod(page, "voice-agent-10").locator(".is")).hasText("draining");
        page.screenshot(new Page.ScreenshotOptions().setPath(to));
        town.api().undrain("voice-agent-10").is(200);
        live.forEach(town.api()::release);
    }

    private static int post(URI port, String origin) throws Exception {
        var request = HttpRequest.newBuilder(port.resolve("/api/v1/drain"))
                .header("Origin", origin)
                .POST(BodyPublishers.ofString("{\"pod_name\":\"voice-agent-0\"}"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private static String call(String sid, String provider, String template) {
        return "{\"call_sid\":\"%s\",\"provider\":\"%s\",\"template\":\"%s\"}".formatted(sid, provider, template);
    }

    private static Locator pod(Page page, String name) {
        return page.locator(".pods button[data-pod=" + name + "]");
    }

    private static Locator button(Page page, String name) {
        return page.getByText(name, new Page.GetByTextOptions().setExact(true)).and(page.locator("button"));
    }

    private Page show(URI port) {
        var page = blank(ColorScheme.LIGHT, 1280);
        page.navigate(port + "/dashboard");
        live(page);
        return page;
    }

    private static void live(Page page) {
        assertThat(page.locator("#line")).hasText("Live");
        assertThat(pod(page, "voice-agent-0")).isVisible();
    }

    private Page blank(ColorScheme scheme, int width) {
        var page = town.chromium()
                .browser()
                .newPage(new NewPageOptions().setColorScheme(scheme).setViewportSize(width, 900));
        page.onConsoleMessage(message -> complaints.add(message.text()));
        page.onPageError(complaints::add);
        return page;
    }
}
