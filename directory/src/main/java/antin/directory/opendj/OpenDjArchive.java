package antin.directory.opendj;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** OpenDJ's zip, unpacked into what is a program and an instance in one folder. */
final class OpenDjArchive {

    private static final String TOP = "opendj/";
    /** What a new instance starts from; OpenDJ's own set-up copies it to the instance's folder too. */
    private static final String TEMPLATE = TOP + "template/";
    /** Windows, macOS, examples, and messages in languages that are neither of ours. */
    private static final String NOT_NEEDED = "opendj/(QuickSetup\\.app|Uninstall\\.app|bat|snmp)/.*|.*\\.(bat|exe|png)|.*/example-plugin\\.zip|.*/lib/opendj_[a-zA-Z_]+\\.jar";

    private OpenDjArchive() {
    }

    static void unpack(Path zip, Path folder) throws IOException {
        if (!Files.isRegularFile(zip)) {
            throw new Problem(Kind.MISCONFIGURED, "OpenDJ's archive " + zip + " is missing. Build again, or name it with --opendj.");
        }
        try (ZipFile archive = new ZipFile(zip.toFile())) {
            Enumeration<? extends ZipEntry> entries = archive.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (!entry.getName().matches(NOT_NEEDED)) {
                    unpack(archive, entry, folder);
                }
            }
        } catch (ZipException e) {
            throw new Problem(Kind.MISCONFIGURED, "OpenDJ's archive " + zip + " is damaged. Remove it and build again.", e);
        }
    }

    private static void unpack(ZipFile archive, ZipEntry entry, Path folder) throws IOException {
        String name = entry.getName();
        Path target = folder.resolve(name.substring((name.startsWith(TEMPLATE) ? TEMPLATE : TOP).length())).normalize();
        if (!target.startsWith(folder)) {
            throw new ZipException("An entry leads outside of the folder: " + name);
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        try (var in = archive.getInputStream(entry)) {
            Files.copy(in, target);
        }
        Files.setLastModifiedTime(target, entry.getLastModifiedTime());
        if (name.startsWith(TOP + "bin/") || name.endsWith(".sh")) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
        }
    }
}
