package io.worldweave.domain.command;

import java.util.List;

/** What a request says for one parameter. */
sealed interface Argument {
    /** In words, to be matched. */
    record Said(Words words, String verbatim) implements Argument {}

    /**
     * By id, which fits or does not.
     *
     * @param name under which it was given, such as {@code target_user_id}
     */
    record ById(String name, String id) implements Argument {}

    /** Ids that are longer are no ids, and are repeated as words are. */
    int ID_LIMIT = 128;

    static Argument said(Words words) {
        return new Said(words, String.join(" ", words.list()));
    }

    /** Returns what it says, fit to be repeated to the player. */
    default String echo() {
        return switch (this) {
            case Said said -> said.words().echo();
            case ById byId -> Words.of(byId.id()).echo();
        };
    }

    /** Returns the words that it says. */
    default Words words() {
        return switch (this) {
            case Said said -> said.words();
            case ById byId -> Words.of(byId.id());
        };
    }

    /** Returns what it names among {@code things}. */
    default <T extends Named> Match<T> among(List<T> things) {
        return switch (this) {
            case ById byId -> Matcher.byId(byId.id(), things);
            case Said said ->
                    Matcher.byId(said.verbatim(), things) instanceof Match.One<T> one
                            ? one
                            : Matcher.byWords(said.words(), things);
        };
    }
}
