package dev.smartrouter.provider;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads {@code application/x-www-form-urlencoded}, of a query or a body. Whatever comes is read somehow: a percent sign
 * without two hex digits stands for itself, bytes that are no UTF-8 become U+FFFD, and of a key that is there twice
 * the first counts.
 */
final class Form {
    private Form() {}

    static Map<String, String> read(String text) {
        var fields = new LinkedHashMap<String, String>();
        for (var pair : text.split("&")) {
            if (pair.isEmpty()) continue;
            var equals = pair.indexOf('=');
            var key = equals < 0 ? pair : pair.substring(0, equals);
            var value = equals < 0 ? "" : pair.substring(equals + 1);
            fields.putIfAbsent(decode(key), decode(value));
        }
        return fields;
    }

    /** By key in their order, with all the values of each in the order they came: what signatures are made over. */
    static SortedMap<String, List<String>> sorted(String text) {
        var fields = new TreeMap<String, List<String>>();
        for (var pair : text.split("&")) {
            if (pair.isEmpty()) continue;
            var equals = pair.indexOf('=');
            var key = equals < 0 ? pair : pair.substring(0, equals);
            var value = equals < 0 ? "" : pair.substring(equals + 1);
            fields.computeIfAbsent(decode(key), any -> new ArrayList<>(1)).add(decode(value));
        }
        return fields;
    }

    static String decode(String text) {
        if (text.indexOf('%') < 0) return text.replace('+', ' ');
        var raw = text.replace('+', ' ').getBytes(StandardCharsets.UTF_8);
        var decoded = new ByteArrayOutputStream(raw.length);
        for (var i = 0; i < raw.length; i++) {
            var octet = raw[i] == '%' ? octet(raw, i + 1) : -1;
            decoded.write(octet < 0 ? raw[i] : octet);
            if (octet >= 0) i += 2;
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    /** The byte that two hex digits from here on mean; -1 if they are none. */
    private static int octet(byte[] text, int from) {
        if (from + 1 >= text.length) return -1;
        var high = Character.digit(text[from], 16);
        var low = Character.digit(text[from + 1], 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
