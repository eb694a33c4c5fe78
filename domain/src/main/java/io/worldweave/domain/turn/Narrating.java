package io.worldweave.domain.turn;

import io.worldweave.domain.command.ActionResult;
import io.worldweave.domain.command.Request;
import io.worldweave.domain.command.Sight;
import io.worldweave.domain.command.Tool;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.play.Acted;
import io.worldweave.domain.play.Players;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.turn.NarratorFailedException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leads the narrator of one turn: asks it, runs what it wants done as the player's own commands and
 * tells it what came of that, asks again where that may help, and lets its understudy tell what it
 * could not. What a narrator wants done is run only once it has completed the round in which it
 * said so.
 *
 * <p>Not thread-safe: rounds follow one another, each begun by the end of the one before.
 */
final class Narrating implements RoundReader.Ending {
    /**
     * What a turn is told with.
     *
     * @param viewCharacters about so many characters tell what the player sees
     */
    record Stage(Cast cast, Players players, TurnCounters counters, int viewCharacters) {}

    private final Turn turn;
    private final Stage stage;
    private final Voice voice;
    private Scene scene;
    private int tries;
    private long roundBegunNanos;

    Narrating(Turn turn, Stage stage, Scene scene) {
        this.turn = turn;
        this.stage = stage;
        this.scene = scene;
        this.voice = new Voice(turn);
    }

    /** Lets the narrator begin. */
    void begin() {
        tries = 0;
        roundBegunNanos = turn.scheduler().nanoTime();
        ask();
    }

    private void ask() {
        NarratorLimits limits = limits();
        tries++;
        voice.beginAnew();
        new RoundReader(
                        turn,
                        voice,
                        new RoundReader.Patience(
                                roundBegunNanos, limits.firstWords(), limits.silence()),
                        limits.callsPerRound(),
                        this)
                .read(stage.cast().narrator(), scene);
    }

    @Override
    public void completed(RoundReader round) {
        boolean mayAsk = !scene.brief().tools().isEmpty() && !scene.brief().lastRound();
        if (mayAsk && !round.calls().isEmpty()) {
            goOn(round);
            return;
        }
        round.calls().forEach(_ -> stage.counters().callsRefused.increment());
        if (voice.isSilent()) {
            failed(round, Kind.EMPTY, Duration.ZERO);
        } else {
            turn.complete();
        }
    }

    @Override
    public void failed(RoundReader round, Kind kind, Duration wish) {
        String model = stage.cast().narrator().model(scene.brief().tier());
        stage.counters().failed(model, kind);
        Duration pause = max(wish, limits().pause().multipliedBy(1L << Math.min(tries - 1, 20)));
        boolean again = kind.isPassing() && !round.isHeard() && tries <= limits().retries();
        if (again && isInTime(pause)) {
            stage.counters().retries.increment();
            Pause before = new Pause();
            if (turn.listens(before::cancel)) {
                before.begin(pause);
            }
        } else if (voice.isSilent() && stage.cast().understudy() != null) {
            standIn(stage.cast().understudy());
        } else {
            end(kind);
        }
    }

    /** What the turn lets go of between two tries: known to it before the next can begin. */
    private final class Pause {
        private Scheduler.@Nullable Timer timer;
        private boolean cancelled;

        synchronized void begin(Duration length) {
            if (!cancelled) {
                timer = turn.scheduler().after(length, Narrating.this::ask);
            }
        }

        synchronized void cancel() {
            cancelled = true;
            if (timer != null) {
                timer.cancel();
            }
        }
    }

    private boolean isInTime(Duration pause) {
        long waited = turn.scheduler().nanoTime() - roundBegunNanos;
        return waited + pause.toNanos() < limits().firstWords().toNanos();
    }

    private void standIn(Narrator understudy) {
        stage.counters().standIns.increment();
        NarratorLimits patient = NarratorLimits.OF_A_SCRIPT;
        RoundReader.Ending last =
                new RoundReader.Ending() {
                    @Override
                    public void completed(RoundReader round) {
                        turn.complete();
                    }

                    @Override
                    public void failed(RoundReader round, Kind kind, Duration pause) {
                        end(kind);
                    }
                };
        new RoundReader(
                        turn,
                        voice,
                        new RoundReader.Patience(
                                turn.scheduler().nanoTime(),
                                patient.firstWords(),
                                patient.silence()),
                        patient.callsPerRound(),
                        last)
                .read(understudy, scene);
    }

    private void end(Kind kind) {
        switch (kind) {
            case SILENT -> turn.fellSilent();
            case TOO_LONG ->
                    turn.fail("narrative_too_long", "the narrator wrote more than a turn may hold");
            default -> turn.fail("narrator_failed", "the narrator could not go on");
        }
    }

    /** Runs what the narrator asked for and tells it what came of that. */
    private void goOn(RoundReader round) {
        try {
            List<Brief.Answer> answers = answers(round.calls());
            if (answers == null) {
                return;
            }
            List<Brief.Round> rounds = new ArrayList<>(scene.brief().rounds());
            rounds.add(new Brief.Round(round.words(), answers));
            boolean last = rounds.size() + 1 >= limits().rounds();
            scene = scene.with(scene.brief().with(rounds, last));
            begin();
        } catch (StoreUnavailableException failure) {
            turn.fail("store_unavailable", "the world cannot be changed right now; try again");
        } catch (RuntimeException | Error failure) {
            turn.fail("internal", "the turn failed");
            throw failure;
        }
    }

    /** Returns what came of the calls, or null if the turn was ended meanwhile. */
    private @Nullable List<Brief.Answer> answers(List<Narration> calls) {
        long before = turn.world().head().revision();
        List<Brief.Answer> answers = new ArrayList<>();
        for (Narration call : calls) {
            if (turn.isOver()) {
                return null;
            }
            answers.add(answer(call, answers.size()));
        }
        if (turn.world().head().revision() != before) {
            Brief.Answer last = answers.removeLast();
            JsonObject seen = last.result().with("you_now_see", view());
            answers.add(new Brief.Answer(last.id(), last.tool(), last.arguments(), seen));
        }
        return answers;
    }

    private JsonObject view() {
        return Sight.of(
                        scene.experience(),
                        turn.world().head(),
                        scene.player(),
                        scene.message(),
                        stage.viewCharacters())
                .facts();
    }

    private Brief.Answer answer(Narration asked, int before) {
        return switch (asked) {
            case Narration.Call(String id, String name, JsonObject arguments) -> {
                String problem =
                        before < limits().callsPerRound()
                                ? problem(name, arguments)
                                : "too much at a time";
                yield new Brief.Answer(
                        id,
                        name,
                        arguments,
                        problem == null ? run(name, arguments) : refused(problem));
            }
            case Narration.BrokenCall(String id, String name, String reason) ->
                    new Brief.Answer(id, name, JsonObject.EMPTY, refused(reason));
            default -> throw new IllegalStateException("no call: " + asked);
        };
    }

    private @Nullable String problem(String name, JsonObject arguments) {
        for (Tool tool : scene.brief().tools()) {
            if (tool.name().equals(name)) {
                return tool.problemOf(arguments);
            }
        }
        return "there is no such tool";
    }

    private JsonObject refused(String problem) {
        return refused("not_run", problem);
    }

    private JsonObject refused(String code, String problem) {
        stage.counters().callsRefused.increment();
        return JsonObject.of(
                "success", Json.of(false), "code", Json.of(code), "message", Json.of(problem));
    }

    private JsonObject run(String name, JsonObject arguments) {
        Acted acted =
                stage.players()
                        .act(
                                scene.experience(),
                                scene.player(),
                                new Request.Structured(name, arguments));
        ActionResult result = acted.result();
        if (result.isTooSoon()) {
            return refused(result.code(), result.message());
        }
        stage.counters().callsRun.increment();
        turn.ran(new TurnEvent.ToolUse(result), acted.revision());
        scene = scene.with(result, acted.world().head());
        return JsonObject.of(
                "success",
                Json.of(result.success()),
                "code",
                Json.of(result.code()),
                "message",
                Json.of(result.message()));
    }

    private NarratorLimits limits() {
        return stage.cast().limits();
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
