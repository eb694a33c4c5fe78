package io.worldweave.domain.store;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.PersistentMap;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Receipt;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/** A store that breaks its contract in one way. */
class BrokenStore extends ForwardingWorldStore {
    /** The ways in which a store may break its contract. */
    enum Fault {
        SHARES_NOTHING_WITH_OTHERS {
            @Override
            WorldStore another(BrokenStore store) {
                return new MemoryWorldStore();
            }
        },
        SAYS_AFTER_AN_EMPTY_TURN_WHERE_IT_BEGAN {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public Outcome commitInTurn(
                            WorldId world,
                            Position known,
                            Function<List<Delta>, List<Delta>> decide) {
                        Position before = position(world);
                        Outcome outcome = super.commitInTurn(world, known, decide);
                        return outcome.equals(new Outcome.Committed(before))
                                ? new Outcome.Committed(known)
                                : outcome;
                    }
                };
            }
        },
        DECIDES_BEFORE_ITS_TURN {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public Outcome commitInTurn(
                            WorldId world,
                            Position known,
                            Function<List<Delta>, List<Delta>> decide) {
                        return commitAnyhow(world, decide.apply(List.of()));
                    }
                };
            }
        },
        LOSES_THE_LAST_COMMIT_ON_REOPENING {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    private Runnable waiting = () -> {};

                    @Override
                    public Outcome commit(WorldId world, Position base, List<Delta> deltas) {
                        if (deltas.size() > 1) {
                            return super.commit(world, base, deltas);
                        }
                        position(world);
                        waiting = () -> super.commit(world, base, deltas);
                        return new Outcome.Committed(base.at(base.revision() + 1));
                    }

                    @Override
                    public Position position(WorldId world) {
                        waiting.run();
                        waiting = () -> {};
                        return super.position(world);
                    }
                };
            }
        },
        FORGETS_ON_REOPENING {
            @Override
            WorldStore reopen(BrokenStore store) {
                return new MemoryWorldStore();
            }
        },
        FORGETS_HISTORY_ON_REOPENING {
            @Override
            WorldStore reopen(BrokenStore store) {
                return new BrokenStore(store.store.reopened()) {
                    @Override
                    public Since since(WorldId world, Position from) {
                        return new Since.Gone(position(world));
                    }
                };
            }
        },
        ACCEPTS_A_STALE_BASE {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public Outcome commit(WorldId world, Position base, List<Delta> deltas) {
                        return commitAnyhow(world, deltas);
                    }
                };
            }
        },
        CHECKS_THE_BASE_AND_COMMITS_LATER {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    private final CyclicBarrier meeting = new CyclicBarrier(2);

                    @Override
                    public Outcome commit(WorldId world, Position base, List<Delta> deltas) {
                        if (!position(world).equals(base)) {
                            return super.commit(world, base, deltas);
                        }
                        meet();
                        return commitAnyhow(world, deltas);
                    }

                    // Lets another thread that has checked too come as far as this one.
                    private void meet() {
                        try {
                            meeting.await(20, TimeUnit.MILLISECONDS);
                        } catch (TimeoutException | BrokenBarrierException _) {
                            meeting.reset();
                        } catch (InterruptedException interrupted) {
                            throw new AssertionError(interrupted);
                        }
                    }
                };
            }
        },
        IGNORES_THE_EPOCH {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public Outcome commit(WorldId world, Position base, List<Delta> deltas) {
                        return super.commit(world, position(world).at(base.revision()), deltas);
                    }
                };
            }
        },
        TELLS_NOT_WHERE_THE_WORLD_IS {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public Outcome commit(WorldId world, Position base, List<Delta> deltas) {
                        return super.commit(world, base, deltas) instanceof Outcome.Rejected no
                                ? no
                                : new Outcome.Committed(base);
                    }
                };
            }
        },
        APPLIES_HALF_A_BATCH {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public Outcome commit(WorldId world, Position base, List<Delta> deltas) {
                        Outcome outcome = super.commit(world, base, deltas);
                        if (outcome instanceof Outcome.Rejected) {
                            super.commit(world, base, deltas.subList(0, 1));
                        }
                        return outcome;
                    }
                };
            }
        },
        LEAVES_OUT_THE_END_OF_A_BATCH {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public Outcome commit(WorldId world, Position base, List<Delta> deltas) {
                        super.commit(world, base, deltas.subList(0, 1));
                        return new Outcome.Committed(base.at(base.revision() + deltas.size()));
                    }
                };
            }
        },
        ACKNOWLEDGES_WHAT_DOES_NOT_APPLY {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public Outcome commit(WorldId world, Position base, List<Delta> deltas) {
                        Outcome outcome = super.commit(world, base, deltas);
                        return outcome instanceof Outcome.Rejected
                                ? new Outcome.Committed(base.at(base.revision() + deltas.size()))
                                : outcome;
                    }
                };
            }
        },
        TAKES_ANY_BATCH {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public Outcome commit(WorldId world, Position base, List<Delta> deltas) {
                        try {
                            return super.commit(world, base, deltas);
                        } catch (IllegalArgumentException _) {
                            return new Outcome.Conflict(position(world));
                        }
                    }
                };
            }
        },
        OPENS_WORLDS_BY_ITSELF {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public Position position(WorldId world) {
                        open(world, () -> JsonObject.EMPTY);
                        return super.position(world);
                    }
                };
            }
        },
        FORGETS_WHAT_IT_RELEASES {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    private final Set<WorldId> forgotten = ConcurrentHashMap.newKeySet();

                    @Override
                    public History open(WorldId world, Supplier<JsonObject> seed) {
                        History history = super.open(world, seed);
                        return forgotten.contains(world)
                                ? new History(history.base(), List.of())
                                : history;
                    }

                    @Override
                    public void release(WorldId world) {
                        forgotten.add(world);
                        super.release(world);
                    }
                };
            }
        },
        RELEASES_NOTHING {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public void release(WorldId world) {
                        position(world);
                    }
                };
            }
        },
        SEEDS_AGAIN {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public History open(WorldId world, Supplier<JsonObject> seed) {
                        return super.open(world, new WithValue(seed.get()));
                    }
                };
            }
        },
        IGNORES_THE_SEED {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public History open(WorldId world, Supplier<JsonObject> seed) {
                        return super.open(world, () -> JsonObject.EMPTY);
                    }
                };
            }
        },
        REVISES_EVERY_DOCUMENT {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public History open(WorldId world, Supplier<JsonObject> seed) {
                        WorldState head = TestDeltas.head(super.open(world, seed));
                        long revision = head.revision();
                        List<PersistentMap<Document>> players =
                                new ArrayList<>(List.of(PersistentMap.empty()));
                        head.players()
                                .forEach((user, part) ->
                                        players.set(
                                                0,
                                                players.getFirst()
                                                        .with(
                                                                user,
                                                                new Document(
                                                                        part.content(),
                                                                        revision))));
                        return new History(
                                new WorldState(
                                        head.position(),
                                        new Document(head.shared().content(), revision),
                                        players.getFirst()),
                                List.of());
                    }
                };
            }
        },
        MIXES_UP_WORLDS {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public History open(WorldId world, Supplier<JsonObject> seed) {
                        return super.open(lowerCase(world), seed);
                    }

                    @Override
                    public Outcome commit(WorldId world, Position base, List<Delta> deltas) {
                        return super.commit(lowerCase(world), base, deltas);
                    }

                    @Override
                    public Position position(WorldId world) {
                        return super.position(lowerCase(world));
                    }

                    private WorldId lowerCase(WorldId world) {
                        return world instanceof WorldId.Profile(UserId owner)
                                ? new WorldId.Profile(
                                        new UserId(owner.value().toLowerCase(Locale.ROOT)))
                                : world;
                    }
                };
            }
        },
        KEEPS_NO_RECEIPTS {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public Map<IdempotencyKey, Receipt> receipts(
                            WorldId world, Set<IdempotencyKey> keys) {
                        return Map.of();
                    }
                };
            }
        },
        KEEPS_RECEIPTS_OF_WHAT_IT_REFUSED {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    private final Map<IdempotencyKey, Receipt> receipts = new HashMap<>();

                    @Override
                    public Outcome commit(WorldId world, Position base, List<Delta> deltas) {
                        for (Delta delta : deltas) {
                            if (delta.receipt() != null) {
                                receipts.put(delta.receipt().key(), delta.receipt());
                            }
                        }
                        return super.commit(world, base, deltas);
                    }

                    @Override
                    public Map<IdempotencyKey, Receipt> receipts(
                            WorldId world, Set<IdempotencyKey> keys) {
                        return receipts;
                    }
                };
            }
        },
        SEES_THE_PRESENT_AT_EVERY_REVISION {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public WorldState at(WorldId world, long revision) {
                        return Objects.requireNonNull(super.at(world, position(world).revision()));
                    }
                };
            }
        },
        BEGINS_ANEW_IN_THE_SAME_EPOCH {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public Outcome restart(WorldId world, Position base, WorldState state) {
                        Change whole =
                                new Change.Replace(
                                        Part.SHARED, Pointer.ROOT, state.shared().content());
                        Actor actor = new Actor.Service("restart");
                        return commit(
                                world,
                                base,
                                List.of(new Delta(base.revision(), actor, "", 0, List.of(whole))));
                    }
                };
            }
        },
        BEGINS_ANEW_WHATEVER_CAME_BETWEEN {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public Outcome restart(WorldId world, Position base, WorldState state) {
                        return super.restart(world, position(world), state);
                    }
                };
            }
        },
        LISTS_ONLY_SHARED_WORLDS {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public List<WorldId> worlds() {
                        return super.worlds().stream()
                                .filter(WorldId.Shared.class::isInstance)
                                .toList();
                    }
                };
            }
        },
        TAKES_OVER_THE_PRESENT_ONLY {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public boolean adopt(WorldId world, History history) {
                        return super.adopt(world, new History(history.head(), List.of()));
                    }
                };
            }
        },
        SAYS_IT_TOOK_OVER_WHAT_WAS_THERE {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public boolean adopt(WorldId world, History history) {
                        super.adopt(world, history);
                        return true;
                    }
                };
            }
        },
        MAKES_A_WORLD_OF_A_FAILED_SEED {
            @Override
            BrokenStore breaking(MemoryWorldStore store) {
                return new BrokenStore(store) {
                    @Override
                    public History open(WorldId world, Supplier<JsonObject> seed) {
                        try {
                            return super.open(world, seed);
                        } catch (IllegalStateException failed) {
                            super.open(world, () -> JsonObject.EMPTY);
                            throw failed;
                        }
                    }
                };
            }
        },
        TELLS_HISTORY_BACKWARDS {
            @Override
            Since since(Since since) {
                return since instanceof Since.Deltas(List<Delta> deltas)
                        ? new Since.Deltas(deltas.reversed())
                        : since;
            }
        },
        SAYS_NEVER_THAT_A_POSITION_IS_GONE {
            @Override
            Since since(Since since) {
                return since instanceof Since.Gone ? new Since.Deltas(List.of()) : since;
            }
        },
        FORGETS_WHO_DID_IT {
            @Override
            Since since(Since since) {
                return since instanceof Since.Deltas(List<Delta> deltas)
                        ? new Since.Deltas(deltas.stream().map(BrokenStore::withoutActor).toList())
                        : since;
            }
        };

        BrokenStore breaking(MemoryWorldStore store) {
            return new BrokenStore(store) {
                @Override
                public Since since(WorldId world, Position from) {
                    return Fault.this.since(super.since(world, from));
                }
            };
        }

        WorldStore reopen(BrokenStore store) {
            return breaking(store.store.reopened());
        }

        WorldStore another(BrokenStore store) {
            return breaking(store.store.another());
        }

        Since since(Since since) {
            return since;
        }
    }

    /** A value that was made too early. */
    private record WithValue(JsonObject get) implements Supplier<JsonObject> {}

    private final MemoryWorldStore store;

    private BrokenStore(MemoryWorldStore store) {
        super(store);
        this.store = store;
    }

    /** Commits the deltas at whatever the present is. */
    final Outcome commitAnyhow(WorldId world, List<Delta> deltas) {
        while (true) {
            Position present = store.position(world);
            List<Delta> moved = new ArrayList<>();
            for (Delta delta : deltas) {
                moved.add(
                        new Delta(
                                present.revision() + moved.size(),
                                delta.actor(),
                                delta.cause(),
                                delta.timestampMillis(),
                                delta.changes(),
                                delta.receipt()));
            }
            Outcome outcome = store.commit(world, present, moved);
            if (!(outcome instanceof Outcome.Conflict)) {
                return outcome;
            }
        }
    }

    private static Delta withoutActor(Delta delta) {
        return new Delta(
                delta.base(),
                new Actor.Service("somebody"),
                delta.cause(),
                delta.timestampMillis(),
                delta.changes(),
                delta.receipt());
    }
}
