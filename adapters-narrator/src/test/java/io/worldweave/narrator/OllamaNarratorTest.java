package io.worldweave.narrator;

import io.worldweave.narrator.kit.WireFormat;

class OllamaNarratorTest extends ModelNarratorTest {
    OllamaNarratorTest() {
        super(WireFormat.OLLAMA);
    }
}
