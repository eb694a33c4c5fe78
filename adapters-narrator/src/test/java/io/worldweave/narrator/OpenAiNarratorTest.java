package io.worldweave.narrator;

import io.worldweave.narrator.kit.WireFormat;

class OpenAiNarratorTest extends ModelNarratorTest {
    OpenAiNarratorTest() {
        super(WireFormat.OPENAI);
    }
}
