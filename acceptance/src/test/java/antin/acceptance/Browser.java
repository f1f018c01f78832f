package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import antin.acceptance.Antin.Person;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without a window: curl with cookies, filling in the forms that the pages hold. */
final class Browser {

    private static final Pattern FORM = Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern INPUT = Pattern.compile("<input\\b([^>]*)>", Pattern.DOTALL);
    private static final Pattern SECRET = Pattern.compile("id=\"app-password\"[^>]*>([^<]+)<");
    private static final Duration STEP = Duration.ofSeconds(30); // RFC 6238: a used code's successor

    private final Antin antin;
    private final Path jar;

    /** Keeps its cookies in {@code folder}. */
    Browser(Antin antin, Path folder) {
        this.antin = antin;
        this.jar = folder.resolve("cookies");
    }

    /** Both steps. Where this half minute's code was used before, the next one is taken. */
    void logIn(Person person) throws Exception {
        enterPassword(person);
        Instant end = Instant.now().plus(STEP.multipliedBy(2));
        while (!enterCode(antin.code(person))) {
            assertThat(Instant.now()).as("a code is accepted within a minute").isBefore(end);
            Thread.sleep(Duration.ofSeconds(5));
        }
    }

    void enterPassword(Person person) throws IOException {
        String page = submit(get("/login"), "name=\"password\"", Map.of("login", person.address(), "password", person.password()));
        assertThat(page).as("the page that asks for a code").contains("autocomplete=\"one-time-code\"");
    }

    /** Whether the code let us in. */
    boolean enterCode(String code) throws IOException {
        submit(get("/login/code"), "name=\"code\"", Map.of("code", code));
        return isLoggedIn();
    }

    boolean isLoggedIn() throws IOException {
        return Tool.run("curl", "-s", "--cacert", antin.root(), "-b", jar.toString(), "-o", "/dev/null", "-w", "%{http_code}", url("/account"))
            .succeeds().text().equals("200");
    }

    String appPasswordsPage() throws IOException {
        return get("/account/app-passwords");
    }

    String issueAppPassword(String name) throws IOException {
        String page = submit(get("/account/app-passwords"), "name=\"name\"", Map.of("name", name, "scope", "smtp"));
        Matcher secret = SECRET.matcher(page);
        assertThat(secret.find()).as(page).isTrue();
        return secret.group(1).strip();
    }

    void revokeAppPassword(String name) throws IOException {
        String page = get("/account/app-passwords");
        Matcher link = Pattern.compile(Pattern.quote(name) + ".*?href=\"([^\"]+/revoke)\"", Pattern.DOTALL).matcher(page);
        assertThat(link.find()).as(page).isTrue();
        submit(get(link.group(1)), "/revoke\"", Map.of());
    }

    /** Opens a link and stops at the first address that is not ours. */
    String leaves(String link) {
        String next = link;
        for (int i = 0; i < 10 && next.startsWith(url("/")); i++) {
            next = Tool.run("curl", "-sS", "--max-time", "30", "--cacert", antin.root(), "-b", jar.toString(), "-c", jar.toString(), "-o", "/dev/null", "-w", "%{redirect_url}", next).succeeds().text();
        }
        return next;
    }

    private String get(String path) {
        return Tool.run("curl", "-sSL", "--fail", "--max-time", "30", "--cacert", antin.root(), "-b", jar.toString(), "-c", jar.toString(), url(path))
            .succeeds().output();
    }

    /** Sends the form that holds {@code mark}: its hidden and checked fields as they are, the others as given. Follows redirects. */
    private String submit(String page, String mark, Map<String, String> values) {
        Matcher form = FORM.matcher(page);
        while (form.find()) {
            if (form.group().contains(mark)) {
                List<String> command = new ArrayList<>(List.of("curl", "-sSL", "--max-time", "30", "--cacert", antin.root(), "-b", jar.toString(),
                    "-c", jar.toString(), url(attribute(form.group(1), "action"))));
                Matcher input = INPUT.matcher(form.group(2));
                while (input.find()) {
                    String name = attribute(input.group(1), "name");
                    String type = attribute(input.group(1), "type");
                    boolean kept = type.equals("hidden") || type.equals("checkbox") && input.group(1).contains("checked");
                    if (values.containsKey(name) || kept) {
                        command.addAll(List.of("--data-urlencode", name + "=" + values.getOrDefault(name, attribute(input.group(1), "value"))));
                    }
                }
                if (!command.contains("--data-urlencode")) {
                    command.addAll(List.of("--data", ""));
                }
                return Tool.run(command.toArray(String[]::new)).succeeds().output();
            }
        }
        throw new AssertionError("There is no form with " + mark + " on " + page);
    }

    private String url(String path) {
        return "https://localhost:" + antin.port(8440) + path;
    }

    private static String attribute(String tag, String name) {
        Matcher matcher = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(tag);
        return matcher.find() ? matcher.group(1).replace("&amp;", "&") : "";
    }
}
