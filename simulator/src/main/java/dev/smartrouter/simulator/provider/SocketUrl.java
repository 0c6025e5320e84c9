package dev.smartrouter.simulator.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Reads {@code ws(s)://host/ws/pod/{pod}/{sid}}, as the agents' gateway will. */
final class SocketUrl {
    private static final Pattern PATH = Pattern.compile("/ws/pod/([^/]+)/([^/]+)");

    private SocketUrl() {}

    /**
     * @param queryAllowed Twilio refuses one (errors 31920, 31922)
     * @throws Unfit if it is no such URL, or another call's
     */
    static Answer.Stream read(String url, String sid, boolean queryAllowed) throws Unfit {
        var socket = parse(url);
        var scheme = String.valueOf(socket.getScheme());
        if (!scheme.equals("wss") && !scheme.equals("ws")) throw new Unfit("neither wss nor ws: " + url);
        if (socket.getHost() == null) throw new Unfit("no host: " + url);
        if (socket.getRawUserInfo() != null) throw new Unfit("a user in the URL: " + url);
        if (socket.getRawQuery() != null && !queryAllowed) throw new Unfit("a query: " + url);
        if (socket.getRawFragment() != null) throw new Unfit("a fragment: " + url);
        var path = PATH.matcher(String.valueOf(socket.getRawPath()));
        if (!path.matches()) throw new Unfit("not /ws/pod/{pod}/{sid}: " + url);
        if (!decode(path.group(2)).equals(sid)) throw new Unfit("another call's: " + url);
        return new Answer.Stream(socket, decode(path.group(1)));
    }

    private static URI parse(String url) throws Unfit {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new Unfit("no URL: " + url);
        }
    }

    /** Of a segment: a plus is a plus. The URI's parser has made sure that every percent sign is followed by hex. */
    private static String decode(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
