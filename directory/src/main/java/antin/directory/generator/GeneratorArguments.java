package antin.directory.generator;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What {@link GeneratedCity#main} is told, checked. */
record GeneratorArguments(long seed, Path folder, String base, String mailDomain) {

    static GeneratorArguments parse(String[] arguments) {
        Map<String, String> given = new TreeMap<>(Map.of("--base", "dc=city,dc=example", "--mail-domain", "city.example", "--seed", "", "--out", ""));
        for (int i = 0; i < arguments.length; i += 2) {
            if (!given.containsKey(arguments[i]) || i + 1 == arguments.length) {
                throw new IllegalArgumentException("give --seed NUMBER --out FOLDER, and where others are wanted --base DN --mail-domain DOMAIN; \"" + arguments[i] + "\" does not fit.");
            }
            given.put(arguments[i], arguments[i + 1]);
        }
        String seed = given.getOrDefault("--seed", "");
        String out = given.getOrDefault("--out", "");
        if (!seed.matches("-?[0-9]{1,18}") || out.isEmpty()) {
            throw new IllegalArgumentException("give --seed NUMBER and --out FOLDER.");
        }
        String base = given.getOrDefault("--base", "");
        String domain = given.getOrDefault("--mail-domain", "");
        if (!base.matches("dc=[a-z0-9-]+(,dc=[a-z0-9-]+)*") || !domain.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+")) {
            throw new IllegalArgumentException("--base must look like dc=city,dc=example and --mail-domain like city.example.");
        }
        return new GeneratorArguments(Long.parseLong(seed), Path.of(out), base, domain);
    }
}
