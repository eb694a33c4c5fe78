package io.worldweave.narrator;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.turn.Narration;
import io.worldweave.domain.turn.NarratorFailedException;
import io.worldweave.domain.turn.NarratorFailedException.Kind;
import io.worldweave.domain.turn.Scene;
import io.worldweave.wire.JsonReader;
import io.worldweave.wire.MalformedJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One answer of a model on its way to one listener. The thread that reads it waits where nobody
 * asks for more, and so does the model. What the model wants done is given on only when it has said
 * that its answer is whole.
 *
 * <p>Thread-safe. All signals come from the reading thread.
 */
final class ModelAnswer implements Flow.Subscription, StreamingChatResponseHandler {
    private static final System.Logger LOG = System.getLogger(ModelAnswer.class.getName());
    private static final JsonReader JSON = JsonReader.strict();

    /** Ends the reading of an answer that nobody wants any more. */
    private static final class UnwantedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnwantedException() {
            super("the answer is not wanted any more", null, false, false);
        }
    }

    private final StreamingChatModel model;
    private final Scene scene;
    private final Flow.Subscriber<? super Narration> listener;
    private final Semaphore room;
    private final Set<ModelAnswer> all;
    private final Connection connection = new Connection();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long demand;
    private boolean illegal;
    private boolean unwanted;
    private boolean waiting;
    private @Nullable ChatResponse response;

    /**
     * Makes one that has not begun.
     *
     * @param room for so many answers at a time
     * @param all of its narrator; it is among them while it is read
     */
    ModelAnswer(
            StreamingChatModel model,
            Scene scene,
            Flow.Subscriber<? super Narration> listener,
            Semaphore room,
            Set<ModelAnswer> all) {
        this.model = model;
        this.scene = scene;
        this.listener = listener;
        this.room = room;
        this.all = all;
    }

    /** Greets the listener and begins to read. */
    void begin() {
        all.add(this);
        listener.onSubscribe(this);
        Thread.ofVirtual().name("worldweave-model").start(this::run);
    }

    private void run() {
        NarratorFailedException failure = null;
        try {
            if (connection.isReadBy(Thread.currentThread())) {
                failure = room.tryAcquire() ? readInRoom() : busy();
            }
        } catch (UnwantedException stopped) {
            // who cancelled knows, and who asked for less than nothing is told below
        }
        // From here on nothing interrupts: a listener may be at work with a store.
        connection.isRead();
        Thread.interrupted();
        try {
            end(failure);
        } catch (RuntimeException failed) {
            LOG.log(System.Logger.Level.WARNING, "the end of an answer was not taken", failed);
        } finally {
            all.remove(this);
        }
    }

    private @Nullable NarratorFailedException readInRoom() {
        try {
            return read();
        } finally {
            room.release();
        }
    }

    private static NarratorFailedException busy() {
        return new NarratorFailedException(
                Kind.BUSY,
                "as many answers are read as may be",
                new IllegalStateException("no room for one more"));
    }

    /** Reads the answer to its end; returns what went wrong, or null. */
    private @Nullable NarratorFailedException read() {
        try {
            ScopedValue.where(Connection.CURRENT, connection)
                    .run(() -> model.chat(Prompt.of(scene), this));
        } catch (UnwantedException unwantedNow) {
            throw unwantedNow;
        } catch (RuntimeException failure) {
            connection.failed(failure);
        }
        throwIfUnwanted();
        Throwable failure = connection.failure();
        if (failure != null) {
            return Failures.of(failure, connection.wish());
        }
        ChatResponse whole = response;
        FinishReason reason = whole == null ? null : whole.finishReason();
        if (whole == null || reason == null) {
            return Failures.of(new IOException("the answer has no end"), connection.wish());
        }
        return give(whole, reason);
    }

    private @Nullable NarratorFailedException give(ChatResponse whole, FinishReason reason) {
        List<ToolExecutionRequest> calls = whole.aiMessage().toolExecutionRequests();
        tell(usage(whole.tokenUsage()));
        if (reason == FinishReason.LENGTH && !calls.isEmpty()) {
            return new NarratorFailedException(
                    Kind.TOO_LONG,
                    "the model was cut off while it asked for something",
                    new IOException("the answer was too long"));
        }
        List<Narration> asked = new ArrayList<>();
        for (ToolExecutionRequest call : calls) {
            asked.add(narration(call, asked.size()));
        }
        asked.forEach(this::tell);
        return null;
    }

    private static Narration usage(@Nullable TokenUsage usage) {
        return usage == null
                ? new Narration.Usage(0, 0)
                : new Narration.Usage(
                        count(usage.inputTokenCount()), count(usage.outputTokenCount()));
    }

    private static long count(@Nullable Integer tokens) {
        return tokens == null ? 0 : Math.max(0, tokens);
    }

    private static Narration narration(ToolExecutionRequest call, int number) {
        String given = call.id();
        String id = given == null || given.isBlank() ? "call_" + number : given;
        String name = call.name() == null || call.name().isBlank() ? "unnamed" : call.name();
        String text = call.arguments() == null ? "" : call.arguments();
        try {
            JsonObject arguments =
                    text.isBlank()
                            ? JsonObject.EMPTY
                            : JSON.readObject(text.getBytes(StandardCharsets.UTF_8));
            return new Narration.Call(id, name, arguments);
        } catch (MalformedJsonException malformed) {
            return new Narration.BrokenCall(id, name, "the arguments are no JSON object");
        }
    }

    private void end(@Nullable NarratorFailedException failure) {
        lock.lock();
        try {
            if (unwanted) {
                return;
            }
            unwanted = true;
        } finally {
            lock.unlock();
        }
        if (illegal) {
            listener.onError(
                    new IllegalArgumentException("a demand is positive (Reactive Streams 3.9)"));
        } else if (failure != null) {
            listener.onError(failure);
        } else {
            listener.onComplete();
        }
    }

    /** Waits until the listener asks for more, and gives it on. */
    private void tell(Narration next) {
        lock.lock();
        try {
            while (demand == 0 && !unwanted && !illegal) {
                waiting = true;
                changed.await();
            }
            waiting = false;
            if (unwanted || illegal) {
                throw new UnwantedException();
            }
            demand--;
        } catch (InterruptedException stopped) {
            throw new UnwantedException();
        } finally {
            lock.unlock();
        }
        listener.onNext(next);
    }

    private void throwIfUnwanted() {
        lock.lock();
        try {
            if (unwanted || illegal) {
                throw new UnwantedException();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether it has something to say that nobody asks for. */
    boolean isWaiting() {
        lock.lock();
        try {
            return waiting && !unwanted && !illegal;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void request(long count) {
        lock.lock();
        try {
            illegal |= count <= 0;
            waiting = false;
            demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (count <= 0) {
            connection.close();
        }
    }

    @Override
    public void cancel() {
        lock.lock();
        try {
            unwanted = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        connection.close();
    }

    @Override
    public void onPartialResponse(String text) {
        say(new Narration.Words(text));
    }

    @Override
    public void onPartialToolCall(PartialToolCall call) {
        say(new Narration.Sign());
    }

    private void say(Narration next) {
        if (connection.failure() != null) {
            return;
        }
        try {
            tell(next);
        } catch (RuntimeException failure) {
            connection.failed(failure);
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse whole) {
        response = whole;
    }

    @Override
    public void onError(Throwable failure) {
        connection.failed(failure);
    }
}
