package antin.signing.attack;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One attack, with the honest document that it departs from.
 *
 * @param name    as the page on attacks lists it
 * @param verdict as {@link Bench#verdict} gives it
 */
record Attack(String name, String verdict, Making honest, Making forged) {

    /** Made when it is its turn. */
    interface Making {
        Sent make() throws Exception;
    }

    /** The honest one first: else nobody knows what the other was refused for. */
    void check(Bench bench) throws Exception {
        assertThat(bench.verdict(honest.make())).as("without the attack").isEqualTo("valid");
        assertThat(bench.verdict(forged.make())).isEqualTo(verdict);
    }

    @Override
    public String toString() {
        return name;
    }
}
