package antin.launcher;

import java.nio.file.Path;

/**
 * Where everything of one installation lies.
 *
 * @param home the state folder
 * @param app  the programs, as staged by {@code ./antin}: a folder a process
 * @param java the {@code java} program that runs every process
 */
record Installation(Path home, Path app, Path java) {

    Path conf(String process) {
        return home.resolve("conf").resolve(process + ".properties");
    }

    Path secret(String name) {
        return home.resolve("secrets").resolve(name);
    }

    Path log(String process) {
        return home.resolve("log").resolve(process + ".log");
    }

    /** What a process prints before its log opens, and after it closes. */
    Path out(String process) {
        return home.resolve("log").resolve(process + ".out");
    }

    Path pidFile(String process) {
        return home.resolve("run").resolve(process + ".pid");
    }

    /**
     * The class-data archive that a JVM writes for its next start when it stops: for one build only, since a JVM also takes up an archive of jars that lay elsewhere, and then may refuse classes of sealed packages. The
     * directory's lies by its instance.
     */
    Path classData(String process) {
        return process.equals("directory") ? home.resolve("directory/classes.jsa") : classData().resolve(process + classDataOfBuild());
    }

    Path classData() {
        return home.resolve("cache");
    }

    /** How the names of this build's class-data archives end. */
    String classDataOfBuild() {
        return '-' + app.getFileName().toString() + ".jsa";
    }

    Path sample(String name) {
        return home.resolve("sample").resolve(name);
    }
}
