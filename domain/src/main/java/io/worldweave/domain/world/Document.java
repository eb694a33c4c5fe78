package io.worldweave.domain.world;

import io.worldweave.domain.json.JsonObject;

/** One part of a world's state, and the last revision that changed it. */
public record Document(JsonObject content, long revision) {}
