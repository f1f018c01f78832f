package antin.bridge;

import antin.bridge.message.Json;
import antin.bridge.token.SoftHsm;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The packaged program with SoftHSM at an unseen screen: {@code IMAGE ROUNDS FOLDER}. Behind {@code benchmarks/bridge}. */
public final class BridgeBenchmark {

    private static final String ORIGIN = "https://ky.example.gov.vn";
    private static final String EXTENSION = "chrome-extension://holkmfkhkceanfgldnilgehligjmmgla/";
    private static final int HASHES = 100;

    private final Path program;
    private final Path folder;
    private final Desk desk;

    private BridgeBenchmark(Path program, Path folder, Desk desk) {
        this.program = program;
        this.folder = folder;
        this.desk = desk;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[2]);
        SoftHsm hsm = new SoftHsm(folder);
        X509Certificate mine = hsm.rsa("An", SoftHsm.SIGNING);
        Path user = Files.createDirectories(folder.resolve("config/antin-token-bridge"));
        Files.writeString(user.resolve("origins.json"), "{\"" + ORIGIN + "\": true}");
        try (Desk desk = new Desk()) {
            BridgeBenchmark benchmark = new BridgeBenchmark(Path.of(arguments[0]).resolve("bin/antin-token-bridge"), folder, desk);
            List<Double> windows = new ArrayList<>();
            List<Double> hundreds = new ArrayList<>();
            List<Double> idle = new ArrayList<>();
            for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
                benchmark.round(mine, windows, hundreds, idle);
            }
            System.out.printf(Locale.ROOT, "medians of %d rounds, each with a new process; a PIN window in %s ms, %d values of RSA-2048 in %s s, idle %s MB%n", windows.size(), windows, HASHES, hundreds, idle);
            figure("pin-window-ms", median(windows), "ms", 1000);
            figure("hundred-hashes-s", median(hundreds), "s", 3);
            figure("host-idle-mb", median(idle), "MB", 80);
        }
    }

    private void round(X509Certificate mine, List<Double> windows, List<Double> hundreds, List<Double> idle) throws Exception {
        long start = System.nanoTime();
        Process process = desk.start(folder, program, EXTENSION);
        read(process);
        write(process, "sign-all", signAll(mine, List.of("one")));
        desk.awaitWindowWithoutRest("PIN");
        windows.add(Math.rint((System.nanoTime() - start) / 1e6));
        process.getOutputStream().close();
        process.waitFor();

        Process other = desk.start(folder, program, EXTENSION);
        read(other);
        Thread.sleep(2000);
        idle.add(Math.rint(residentKilobytes(other) / 1024.0));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < HASHES; i++) {
            names.add("Tờ trình " + i);
        }
        for (List<String> part : List.of(names.subList(0, HASHES / 2), names.subList(HASHES / 2, HASHES))) {
            ObjectNode arguments = Json.object().put("origin", ORIGIN);
            documents(arguments, part);
            write(other, "add-documents", arguments);
            read(other);
        }
        write(other, "sign-all", signAll(mine, List.of()));
        desk.awaitWindow("PIN");
        desk.type(SoftHsm.PIN);
        long pressed = System.nanoTime();
        desk.press("Return");
        JsonNode answer = read(other);
        hundreds.add(Math.rint((System.nanoTime() - pressed) / 1e7) / 100);
        if (answer.path("signatures").size() != HASHES) {
            throw new IllegalStateException("no signatures: " + answer);
        }
        other.getOutputStream().close();
        other.waitFor();
    }

    private static ObjectNode signAll(X509Certificate mine, List<String> names) throws Exception {
        ObjectNode arguments = Json.object().put("origin", ORIGIN).put("certificate", mine.getEncoded()).put("hashFunction", "SHA-256");
        documents(arguments, names);
        return arguments;
    }

    private static void documents(ObjectNode arguments, List<String> names) throws Exception {
        ArrayNode documents = arguments.putArray("documents");
        for (String name : names) {
            documents.addObject().put("name", name).put("hash", MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** VmRSS of proc(5): shared pages count in full. */
    private static long residentKilobytes(Process process) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IllegalStateException("no VmRSS");
    }

    private static void figure(String name, double value, String unit, int limit) {
        System.out.printf(Locale.ROOT, "figure %s %.2f %s target <= %d %s%n", name, value, unit, limit, value <= limit ? "ok" : "short");
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static void write(Process process, String command, ObjectNode arguments) throws IOException {
        ObjectNode message = Json.object().put("command", command);
        message.set("arguments", arguments);
        process.getOutputStream().write(Pipes.frame(new String(Json.write(message), StandardCharsets.UTF_8)));
        process.getOutputStream().flush();
    }

    private static JsonNode read(Process process) throws IOException {
        DataInputStream in = new DataInputStream(process.getInputStream());
        byte[] length = new byte[4];
        in.readFully(length);
        return Json.read(in.readNBytes(ByteBuffer.wrap(length).order(ByteOrder.nativeOrder()).getInt()));
    }
}
