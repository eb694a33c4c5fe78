package io.worldweave.domain.user;

/** What a user may do. Everyone with credentials is a player. */
public enum Role {
    /** Plays: acts in a world and sees its own view of it. */
    PLAYER,
    /** Writes to worlds from outside: game servers and tools. */
    PUBLISHER,
    /** May do everything, admin commands included. */
    ADMIN
}
