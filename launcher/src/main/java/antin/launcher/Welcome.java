package antin.launcher;

import java.util.List;

/** The table that {@code up} ends with: addresses, sample people, what to try. */
final class Welcome {

    private Welcome() {
    }

    static void print(Installation installation, LauncherSettings settings, Console console) {
        console.say("");
        console.say("Ấn Tín is ready.");
        console.say("");
        console.say("  Login and account page   https://localhost:" + settings.port(Port.PAGES) + "/account");
        console.say("  OpenID provider          https://localhost:" + settings.port(Port.PAGES) + "/.well-known/openid-configuration");
        console.say("  Seals and validation     https://localhost:" + settings.port(Port.SIGNING) + "/v1/seals, /v1/validations (OpenAPI: /v3/api-docs)");
        console.say("  Certificate status       http://localhost:" + settings.port(Port.STATUS) + " (/ocsp, /crl/persons.crl, /ca/persons.cer, /tsa)");
        console.say("  Sending mail             localhost:" + settings.port(Port.SUBMISSION) + " (STARTTLS), localhost:" + settings.port(Port.SUBMISSIONS) + " (TLS)");
        console.say("  Reading mail             IMAP localhost:" + settings.port(Port.IMAPS) + " (TLS), POP3 localhost:" + settings.port(Port.POP3S) + " (TLS)");
        console.say("  State and logs           " + installation.home());
        if (!settings.sample()) {
            return;
        }
        List<String[]> people = new Sample(installation).people().stream().map(line -> line.split("\t", -1)).toList();
        String first = people.get(0)[0];
        String second = people.get(1)[0];
        console.say("");
        console.say("  Sample people (more: ./antin sample list)");
        people.stream().limit(4).forEach(person -> console.say(String.format("    %-28s %-22s %s", person[0], person[1], person[2])));
        console.say("");
        console.say("  Try");
        offer(console, "./antin sample root", "the root certificate to trust in a browser or mail program");
        offer(console, "./antin sample list", "people and their directory passwords");
        offer(console, "./antin sample otp " + first, "the one-time code of this half minute, for the login page");
        offer(console, "./antin sample app-password " + first, "a password for mail programs");
        offer(console, "./antin sample token sample-documents", "a token for the signing service; docs/signing.md seals a PDF with it");
        offer(console, "./antin check", "the journeys, by tools that are not ours");
        console.say("    swaks --server localhost:" + settings.port(Port.SUBMISSION) + " --tls --auth PLAIN --auth-user " + first
            + " \\\n      --auth-password \"$(./antin sample app-password " + first + ")\" --from " + first + " --to " + second);
    }

    private static void offer(Console console, String command, String what) {
        console.say(String.format("    %-56s %s", command, what));
    }
}
