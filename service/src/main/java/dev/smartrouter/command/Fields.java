package dev.smartrouter.command;

import com.fasterxml.jackson.databind.JsonNode;

/** One thing, a line for each of its fields. */
final class Fields {
    private Fields() {}

    static void show(ApiCommand command, Answer answer) {
        if (command.json) {
            command.print(answer);
            return;
        }
        var width = answer.json().properties().stream()
                .mapToInt(field -> field.getKey().length())
                .max()
                .orElse(0);
        answer.json().properties().forEach(field -> {
            var blanks = " ".repeat(width - field.getKey().length());
            command.say(field.getKey() + blanks + "  " + text(field.getValue()));
        });
    }

    private static String text(JsonNode value) {
        if (value.isNull()) return "-";
        return value.isContainerNode() ? value.toString() : value.asText();
    }
}
