package dev.smartrouter.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BookTest {
    private final Book book = new Book();

    @Test
    void aCallMayHearTheSamePodAgainAndNoOther() {
        book.granted("CA1", "agent-1");
        book.granted("CA1", "agent-1");
        assertThatThrownBy(() -> book.granted("CA1", "agent-2")).hasMessage("CA1 has two pods, agent-1 and agent-2");
    }

    @Test
    void callsAtTheSameTimeCountAndOneAfterTheOtherDoNot() {
        book.granted("CA1", "agent-1");
        book.leaves("CA1");
        book.granted("CA2", "agent-1");
        book.granted("CA2", "agent-1");
        assertThat(book.most()).containsEntry("agent-1", 1);
        book.granted("CA3", "agent-1");
        book.leaves("CA2");
        book.leaves("CA3");
        assertThat(book.most()).containsEntry("agent-1", 2);
        assertThat(book.has("CA3")).isFalse();
    }
}
