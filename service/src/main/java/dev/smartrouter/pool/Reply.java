package dev.smartrouter.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a script replied: texts and lists of them. */
record Reply(List<Object> parts) {
    static Reply of(Object raw) {
        if (!(raw instanceof List<?> list)) throw new IllegalStateException("a script replied " + raw + ", not a list");
        var parts = new ArrayList<Object>(list.size());
        for (var part : list) {
            parts.add(
                    switch (part) {
                        case byte[] bytes -> new String(bytes, UTF_8);
                        case List<?> nested -> of(nested);
                        case null -> "";
                        default -> part.toString();
                    });
        }
        return new Reply(parts);
    }

    int size() {
        return parts.size();
    }

    String text(int i) {
        return (String) parts.get(i);
    }

    String verdict() {
        return text(0);
    }

    long number(int i) {
        return Long.parseLong(text(i));
    }

    int count(int i) {
        return Integer.parseInt(text(i));
    }

    boolean flag(int i) {
        return "1".equals(text(i));
    }

    Reply list(int i) {
        return (Reply) parts.get(i);
    }

    List<Reply> lists(int from) {
        return parts.stream().skip(from).map(Reply.class::cast).toList();
    }

    List<String> texts(int from) {
        return parts.stream().skip(from).map(String.class::cast).toList();
    }

    /** Fields and values in turn, as a map. */
    Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        for (int i = 0; i + 1 < parts.size(); i += 2) fields.put(text(i), text(i + 1));
        return fields;
    }

    IllegalStateException unexpected(String script) {
        return new IllegalStateException(script + ".lua replied " + parts);
    }
}
