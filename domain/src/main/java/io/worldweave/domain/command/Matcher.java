package io.worldweave.domain.command;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds what words name, by rule: first what bears the id itself, then what is called exactly so,
 * then what has all the words in one of its names, then what has them in all of its names together.
 * The first rule that finds anything decides.
 */
final class Matcher {
    /** Words that begin where in a place a thing is: {@code the bottle on the shelf}. */
    private static final Set<String> PLACING =
            Set.of("from", "off", "on", "in", "at", "near", "by", "behind", "under", "out");

    /** Words that mean whatever there is. */
    private static final Set<String> PRONOUNS =
            Set.of("it", "this", "that", "one", "him", "her", "them", "something", "someone");

    /** What a thing is called, in words that can be compared. */
    private record Candidate<T extends Named>(
            T thing, List<List<String>> names, List<List<String>> otherNames) {

        static <T extends Named> Candidate<T> of(T thing) {
            return new Candidate<>(thing, stems(thing.names()), stems(thing.otherNames()));
        }

        private static List<List<String>> stems(List<String> names) {
            return names.stream().map(name -> Words.of(name).stems()).toList();
        }

        boolean inAllNames(List<String> said) {
            Set<String> all = new HashSet<>();
            names.forEach(all::addAll);
            otherNames.forEach(all::addAll);
            return all.containsAll(said);
        }
    }

    private Matcher() {}

    /** Returns the one of that id. */
    static <T extends Named> Match<T> byId(String id, List<T> things) {
        for (T thing : things) {
            if (thing.id().equals(id)) {
                return new Match.One<>(thing);
            }
        }
        return new Match.None<>();
    }

    /** Returns what {@code said} names among {@code things}. */
    static <T extends Named> Match<T> byWords(Words said, List<T> things) {
        List<Candidate<T>> candidates = things.stream().map(Candidate::of).toList();
        Match<T> whole = find(said, candidates);
        if (!(whole instanceof Match.None<T>)) {
            return whole;
        }
        for (int i = 1; i < said.size(); i++) {
            if (PLACING.contains(said.list().get(i))) {
                return find(said.until(i), candidates);
            }
        }
        return whole;
    }

    private static <T extends Named> Match<T> find(Words said, List<Candidate<T>> candidates) {
        if (said.isEmpty()) {
            return new Match.None<>();
        }
        if (said.size() == 1
                && PRONOUNS.contains(said.list().getFirst())
                && !candidates.isEmpty()) {
            return oneOrMany(candidates.stream().map(Candidate::thing).toList());
        }
        List<String> stems = said.stems();
        List<Predicate<Candidate<T>>> rules =
                List.of(
                        candidate -> candidate.names().contains(stems),
                        candidate -> candidate.otherNames().contains(stems),
                        candidate -> hasAll(candidate.names(), stems),
                        candidate -> candidate.inAllNames(stems));
        for (Predicate<Candidate<T>> rule : rules) {
            List<T> found = candidates.stream().filter(rule).map(Candidate::thing).toList();
            if (!found.isEmpty()) {
                return oneOrMany(found);
            }
        }
        return new Match.None<>();
    }

    private static boolean hasAll(List<List<String>> names, List<String> said) {
        return names.stream().anyMatch(name -> new HashSet<>(name).containsAll(said));
    }

    /** Of things that are called the same the first will do: no words could tell them apart. */
    private static <T extends Named> Match<T> oneOrMany(List<T> found) {
        Set<String> labels = new HashSet<>();
        found.forEach(thing -> labels.add(thing.label()));
        return labels.size() == 1 ? new Match.One<>(found.getFirst()) : new Match.Many<>(found);
    }
}
