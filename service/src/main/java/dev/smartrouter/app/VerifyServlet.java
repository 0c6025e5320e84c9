package dev.smartrouter.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.smartrouter.http.ErrorBody;
import dev.smartrouter.http.JsonAnswer;
import dev.smartrouter.pool.StoreUnavailableException;
import dev.smartrouter.verify.Mender;
import dev.smartrouter.verify.Verifier;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * For operators: {@code GET /verify} says whether the store is whole, {@code POST /verify?repair=true} mends it too.
 * {@code timeout}, such as 30s, bounds each look. One at a time; a second one is told to wait (409).
 */
final class VerifyServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final ObjectMapper json = JsonMapper.builder().build();

    private final transient Verifier verifier;
    private final transient Mender mender;
    private final transient Semaphore one = new Semaphore(1);

    VerifyServlet(Verifier verifier, Mender mender) {
        this.verifier = verifier;
        this.mender = mender;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(request, response, timeout -> VerifyBody.of(verifier.verify(timeout)));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!"true".equals(request.getParameter("repair"))) {
            write(response, HttpServletResponse.SC_BAD_REQUEST, new ErrorBody("POST /verify needs repair=true"));
            return;
        }
        answer(request, response, timeout -> VerifyBody.of(mender.mend(timeout), true));
    }

    private void answer(
            HttpServletRequest request, HttpServletResponse response, Function<Duration, VerifyBody> verified)
            throws IOException {
        if (!one.tryAcquire()) {
            write(response, HttpServletResponse.SC_CONFLICT, new ErrorBody("a verification is under way"));
            return;
        }
        try {
            var timeout = request.getParameter("timeout");
            var atMost = VerifyOptions.timeout(timeout == null ? "30s" : timeout);
            write(response, HttpServletResponse.SC_OK, verified.apply(atMost));
        } catch (IllegalArgumentException e) {
            write(response, HttpServletResponse.SC_BAD_REQUEST, new ErrorBody(String.valueOf(e.getMessage())));
        } catch (StoreUnavailableException e) {
            write(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, new ErrorBody("store unavailable"));
        } finally {
            one.release();
        }
    }

    private static void write(HttpServletResponse response, int status, Object body) throws IOException {
        JsonAnswer.write(response, status, json.writeValueAsBytes(body));
    }
}
