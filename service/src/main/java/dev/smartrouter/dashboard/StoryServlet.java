package dev.smartrouter.dashboard;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.http.JsonAnswer;
import dev.smartrouter.http.Vocabulary;
import dev.smartrouter.pool.StoreUnavailableException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code GET /dashboard/story?pod=…} or {@code ?call=…}: what is known of one, and what happened to it. */
final class StoryServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient Narrator narrator;

    StoryServlet(Narrator narrator) {
        this.narrator = narrator;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PageServlet.secure(response);
        response.setHeader("Cache-Control", "no-store");
        try {
            var told = named(CallSid::new, request.getParameter("call"))
                    .flatMap(narrator::tell)
                    .map(Json::bytes)
                    .or(() -> named(PodName::new, request.getParameter("pod"))
                            .flatMap(narrator::tell)
                            .map(Json::bytes));
            if (told.isPresent()) JsonAnswer.write(response, HttpServletResponse.SC_OK, told.get());
            else JsonAnswer.error(response, HttpServletResponse.SC_NOT_FOUND, "nobody of that name");
        } catch (StoreUnavailableException e) {
            JsonAnswer.error(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "store unavailable");
        }
    }

    private static <N> Optional<N> named(Function<String, N> name, @Nullable String text) {
        return Optional.ofNullable(text).flatMap(given -> Vocabulary.find(name, given));
    }
}
