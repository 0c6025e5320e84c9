package dev.smartrouter.simulator.agent;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import java.net.URI;
import java.util.Optional;

/** Which pod and which call a media socket is for: {@code /ws/pod/{pod}/{sid}}, as nginx matches it in a cluster. */
record MediaPath(String pod, String sid) {
    private static final String PREFIX = "/ws/pod/";

    /** @param target of the request, percent-encoded; a query is the agent's own affair. Empty if it is no such path */
    static Optional<MediaPath> parse(String target) {
        var query = target.indexOf('?');
        var path = query < 0 ? target : target.substring(0, query);
        if (!path.startsWith(PREFIX)) return Optional.empty();
        var segments = path.substring(PREFIX.length()).split("/", -1);
        if (segments.length != 2) return Optional.empty();
        try {
            var pod = new PodName(decoded(segments[0]));
            var sid = new CallSid(decoded(segments[1]));
            return Optional.of(new MediaPath(pod.value(), sid.value()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String decoded(String segment) {
        if (segment.contains("#")) throw new IllegalArgumentException("a request has no fragment");
        return URI.create("/" + segment).getPath().substring(1);
    }
}
