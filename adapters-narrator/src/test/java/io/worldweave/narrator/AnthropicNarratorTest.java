package io.worldweave.narrator;

import io.worldweave.narrator.kit.WireFormat;

class AnthropicNarratorTest extends ModelNarratorTest {
    AnthropicNarratorTest() {
        super(WireFormat.ANTHROPIC);
    }
}
