package dev.smartrouter.pool;

import dev.smartrouter.http.ErrorBody;
import dev.smartrouter.http.Refusal;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Says in JSON that the store did not answer: 503, and try again in a second. */
public final class StoreErrors implements ExceptionMapper<StoreUnavailableException> {
    @Override
    public Response toResponse(StoreUnavailableException error) {
        return Refusal.tryLater(new ErrorBody("store unavailable"));
    }
}
