package io.worldweave.domain.command;

import java.util.List;

/** Something that players can name. */
interface Named {
    /** Returns what tells it apart from all others of its kind. */
    String id();

    /** Returns what it is called when it is spoken of. */
    String label();

    /** Returns its proper names. */
    List<String> names();

    /** Returns what else it may be called, such as its type. */
    List<String> otherNames();
}
