package dev.smartrouter.pool.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** The proof proven: each planted fault is found by the same machine that finds none in what ships. */
class MutationProperties {
    private static final long MOST_OPERATIONS = 100_000;
    private static final long SEED = 20_260_101;

    @Provide
    Arbitrary<Mutant> mutants() {
        return Arbitraries.of(ScriptMutants.ALL);
    }

    @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
    void everyPlantedFaultIsFound(@ForAll("mutants") Mutant mutant) {
        assertFound(mutant);
    }

    static void assertFound(Mutant mutant) {
        var days = Traffic.days(200).generator(1000);
        var random = new Random(SEED);
        try (var proof = new Proof(mutant.plantedIn(Scripts.shipped()))) {
            var found = false;
            while (!found && proof.operations() < MOST_OPERATIONS) {
                List<Op> day = days.next(random).value();
                found = proof.run(day).isPresent();
            }
            assertThat(found)
                    .as("%s: found within %d operations", mutant, MOST_OPERATIONS)
                    .isTrue();
        }
    }
}
