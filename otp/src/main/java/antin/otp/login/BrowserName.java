package antin.otp.login;

import java.util.List;
import java.util.Optional;

/** What people call the program behind a User-Agent: {@code Firefox, Windows}. It is what the browser says of itself, and only shown. */
final class BrowserName {

    private static final int LONGEST = 40;
    /** The more special ones first: each names itself after those that it resembles. */
    private static final List<String[]> PROGRAMS = List.of(new String[] {"Edg/", "Edge"}, new String[] {"OPR/", "Opera"}, new String[] {"coc_coc_browser", "Cốc Cốc"}, new String[] {"Firefox/", "Firefox"},
        new String[] {"Chrome/", "Chrome"}, new String[] {"CriOS/", "Chrome"}, new String[] {"Safari/", "Safari"});
    private static final List<String[]> SYSTEMS = List.of(new String[] {"Android", "Android"}, new String[] {"iPhone", "iPhone"}, new String[] {"iPad", "iPad"}, new String[] {"Windows", "Windows"},
        new String[] {"Mac OS", "macOS"}, new String[] {"Linux", "Linux"});

    private BrowserName() {
    }

    static String of(String userAgent) {
        return find(PROGRAMS, userAgent).map(program -> find(SYSTEMS, userAgent).map(system -> program + ", " + system).orElse(program))
            .orElseGet(() -> userAgent.substring(0, Math.min(userAgent.length(), LONGEST)));
    }

    private static Optional<String> find(List<String[]> names, String userAgent) {
        return names.stream().filter(name -> userAgent.contains(name[0])).map(name -> name[1]).findFirst();
    }
}
