package io.worldweave.domain.json;

/** The JSON null: a value that is there and says nothing. */
public enum JsonNull implements Json {
    NULL;

    @Override
    public String toString() {
        return "null";
    }
}
