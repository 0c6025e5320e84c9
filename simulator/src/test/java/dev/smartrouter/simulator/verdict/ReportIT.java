package dev.smartrouter.simulator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.smartrouter.dashboard.Chromium;
import dev.smartrouter.simulator.provider.CallPlan.Fate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The report as a browser shows it, opened from a file. */
class ReportIT {
    private static final String BLANK_CANVASES = """
            () => [...document.querySelectorAll('canvas')].filter(canvas => {
              const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              return !data.some((value, i) => i % 4 === 3 && value > 0);
            }).length""";
    private static final String WIDER_THAN_THE_SCREEN = "() => document.documentElement.scrollWidth - innerWidth";

    private static Chromium chromium;

    @TempDir
    private Path folder;

    private final List<String> requests = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void open() {
        chromium = Chromium.open();
    }

    @AfterAll
    static void close() {
        if (chromium != null) chromium.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void itRendersAndFetchesNothing(ColorScheme scheme) {
        var tale = aDay(300);
        try (var page = show(report(tale, tale.judged()), scheme, 1280)) {
            assertThat(page.locator("#verdict").textContent()).isEqualTo("Every promise was kept");
            assertThat(page.locator("#words").textContent()).contains("300 placed");
            assertThat(page.locator("#story").textContent()).contains("rush-hour", "seed 7", "10 times as fast");
            assertThat(page.locator("#broken").isVisible()).isFalse();
            assertThat(page.locator("#events li").allTextContents()).containsExactly("0:40 Redis is flushed");
            assertThat(page.locator("#plots canvas").count()).isEqualTo(3);
            assertThat(page.locator("#pools canvas").count()).isEqualTo(2);
            assertThat(page.evaluate(BLANK_CANVASES)).isEqualTo(0);
        }
        assertThat(requests).allMatch(url -> url.startsWith("file:") || url.startsWith("data:"));
        assertThat(complaints).isEmpty();
    }

    @Test
    void whatWasBrokenIsShownWithItsEvidenceAndWhateverANameHoldsStaysText() {
        var evil = "CA</script><img src=x onerror=alert(1)>&\u2028";
        var tale = aDay(20).at(90).talks(evil, "agent-0").at(91).talks("CA-2", "agent-0");
        tale.at(95).ends(evil).ends("CA-2").at(99).placed("CA-3", Fate.TALKS);
        var verdict = tale.judged();
        var shown = new Verdict(
                verdict.broken(), verdict.figures(), tale.ledger.history(true).timelines(verdict.broken()));
        try (var page = show(report(tale, shown), ColorScheme.LIGHT, 1280)) {
            assertThat(page.locator("#verdict").textContent()).startsWith("Broken: two calls on one pod");
            assertThat(page.locator("#evidence summary").allTextContents())
                    .hasSize(2)
                    .first()
                    .asString()
                    .contains("two calls on one pod at 1:31", "agent-0 may carry 1 and held 2 at once: " + evil);
            page.locator("#evidence summary").first().click();
            assertThat(page.locator("#evidence details").first().innerText())
                    .contains("1:35", "over: hung up", "agent-0", "born");
            assertThat(page.locator("img").count()).isZero();
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void itIsReadOnAPhone() {
        var tale = aDay(50);
        try (var page = show(report(tale, tale.judged()), ColorScheme.LIGHT, 360)) {
            assertThat((int) page.evaluate(WIDER_THAN_THE_SCREEN)).isNotPositive();
            assertThat(page.evaluate(BLANK_CANVASES)).isEqualTo(0);
        }
    }

    @Test
    void aRunInWhichNothingHappenedIsARunAsWell() {
        var tale = new Tale().at(0);
        try (var page = show(report(tale, tale.judged()), ColorScheme.LIGHT, 1280)) {
            assertThat(page.locator("#verdict").textContent()).isEqualTo("Every promise was kept");
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void theJsonHasTheFieldsItsReadersKnow() throws Exception {
        var tale = aDay(300);
        var page = report(tale, tale.judged()).write(folder.resolve("new"));
        var json =
                new ObjectMapper().readTree(page.resolveSibling("report.json").toFile());
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly("format", "story", "verdict", "promises", "figures", "series");
        assertThat(json.at("/verdict/kept").asBoolean()).isTrue();
        assertThat(json.at("/verdict/exit_code").asInt(-1)).isZero();
        assertThat(json.at("/promises/0/name").asText()).isEqualTo("two calls on one pod");
        assertThat(json.at("/figures/early_hang_ups").isNumber()).isTrue();
        assertThat(json.at("/figures/time_to_answer/p99_ms").asDouble()).isEqualTo(20);
        assertThat(json.at("/figures/releases/socket_closed").isNumber()).isTrue();
        assertThat(json.at("/series/p50_ms").size())
                .isEqualTo(json.at("/series/at").size());
        assertThat(json.at("/series/pools/0/available").size())
                .isEqualTo(json.at("/series/pools_at").size());
        assertThat(Files.size(page)).isLessThan(400_000);
    }

    private Page show(Report report, ColorScheme scheme, int width) {
        var page = chromium.browser()
                .newPage(new Browser.NewPageOptions().setColorScheme(scheme).setViewportSize(width, 900));
        page.onRequest(request -> requests.add(request.url()));
        page.onConsoleMessage(message -> complaints.add(message.text()));
        page.onPageError(complaints::add);
        page.navigate(report.write(folder).toUri().toString());
        if (System.getProperty("report.screenshots") instanceof String to) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of(to, scheme + "-" + width + "-" + requests.hashCode() + ".png")));
        }
        return page;
    }

    /** Calls every 300 ms on five pods, seen by a store that was gone for a while. */
    private static Tale aDay(int calls) {
        var tale = new Tale().at(0);
        for (int i = 0; i < 5; i++) tale.pod("agent-" + i);
        for (int i = 0; i < calls; i++) {
            var sid = "CA" + i;
            tale.at(1 + i * 0.3);
            if (i % 7 == 3)
                tale.placed(sid, Fate.TALKS)
                        .asked(sid)
                        .answered(sid, Tale.sorry())
                        .ends(sid, "refused", false, 0);
            else tale.talks(sid, "agent-" + i % 5).at(1 + i * 0.3 + 1.2).ends(sid);
        }
        return tale.at(40).tell(ledger -> ledger.happened("Redis is flushed")).at(100);
    }

    private static Report report(Tale tale, Verdict verdict) {
        var samples = new ArrayList<StoreSample>();
        for (int i = 0; i < 400; i++) {
            var at = tale.at(i * 0.25).ledger.now();
            var pools = i > 160 && i < 180
                    ? List.<StoreSample.Pool>of()
                    : List.of(
                            new StoreSample.Pool("pool:gold", 3, 3 - i / 7 % 4, i / 7 % 4, i > 300 ? 1 : 0),
                            new StoreSample.Pool("merchant:acme", 2, 2 - i / 9 % 3, i / 9 % 3, 0));
            samples.add(new StoreSample(at, pools));
        }
        var story = new Story("The rush hour", "rush-hour", 7, 10);
        return new Report(story, verdict, Series.of(tale.at(100).ledger.history(true), samples));
    }
}
