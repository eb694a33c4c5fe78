package io.worldweave.narrator;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.worldweave.domain.turn.Narration;
import io.worldweave.domain.turn.Narrator;
import io.worldweave.domain.turn.Scene;
import io.worldweave.domain.turn.Tier;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;

/**
 * Lets a language model write. Each answer is read on a virtual thread of its own, which ends with
 * it.
 *
 * <p>Thread-safe. Closing ends all answers.
 */
public final class ModelNarrator implements Narrator, AutoCloseable {
    private final ModelSettings settings;
    private final BlockingHttpClient http = new BlockingHttpClient();
    private final StreamingChatModel large;
    private final StreamingChatModel quick;
    private final Semaphore room;
    private final Set<ModelAnswer> answers = ConcurrentHashMap.newKeySet();

    public ModelNarrator(ModelSettings settings) {
        this.settings = settings;
        this.large = settings.vendor().model(settings, settings.model(), http.builder());
        this.quick = settings.vendor().model(settings, settings.quickModel(), http.builder());
        this.room = new Semaphore(settings.connections());
    }

    @Override
    public String model(Tier tier) {
        return switch (tier) {
            case COMMAND -> settings.quickModel();
            case CONVERSATION -> settings.model();
        };
    }

    @Override
    public Flow.Publisher<Narration> narrate(Scene scene) {
        StreamingChatModel model =
                switch (scene.brief().tier()) {
                    case COMMAND -> quick;
                    case CONVERSATION -> large;
                };
        return listener -> new ModelAnswer(model, scene, listener, room, answers).begin();
    }

    /** Returns how many answers are being read. */
    public int reading() {
        return settings.connections() - room.availablePermits();
    }

    /** Returns whether every answer has ended or waits for somebody to ask for more. */
    boolean isSettled() {
        return answers.stream().allMatch(ModelAnswer::isWaiting);
    }

    @Override
    public void close() {
        answers.forEach(ModelAnswer::cancel);
        http.close();
    }
}
