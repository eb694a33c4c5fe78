package io.worldweave.filestore.world;

/** Is told of copies for people that were written. Thread-safe; never blocks and never throws. */
public interface CopyListener extends AutoCloseable {
    /** Hears nothing. */
    CopyListener NONE =
            new CopyListener() {
                @Override
                public void written(CopiesWritten copies) {}

                @Override
                public void close() {}
            };

    void written(CopiesWritten copies);

    /** Nothing is told afterwards. May block for what is still to be done with what was told. */
    @Override
    void close();
}
