package antin.signing.attack;

import antin.signing.attack.Attack.Making;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureLevel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Containers of signatures that hold other files than their signatures are over, or two containers for two readers. */
class ContainerAttackTest {

    private static final Bench BENCH = new Bench();
    private static final byte[] FILE = "Chi 1.000 cho A\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] EVIL = "Chi 9.000 cho B\n".getBytes(StandardCharsets.UTF_8);
    private static final String NAMES = "refused: The container is not taken: an entry has a name that leads elsewhere, or that another has too.";
    private static final String DIFFER = "refused: The container is not taken: its entries and its directory differ.";
    private static final String SIMPLE = "ASiC-S";
    private static final String EXTENDED = "ASiC-E";

    @AfterAll
    static void stop() {
        BENCH.close();
    }

    static Stream<Attack> files() {
        return Stream.of(
            packed(SIMPLE, "zip bomb", "refused: The container is not taken: it unpacks to too much.", files -> files.put("b.bin", new byte[20 << 20])),
            packed(EXTENDED, "traversal", NAMES, files -> files.put("../qd.txt", EVIL)),
            packed(EXTENDED, "names that differ in case", NAMES, files -> files.put("QD.txt", EVIL)),
            packed(EXTENDED, "names that differ in Unicode form", NAMES, files -> {
                files.put("qu\u1ebft.txt", EVIL);
                files.put("que\u0302\u0301t.txt", EVIL);
            }),
            packed(EXTENDED, "mimetype of another kind", "invalid FORMAT_FAILURE WRONG_MIMETYPE", files -> files.put("mimetype", "application/vnd.etsi.asic-s+zip".getBytes(StandardCharsets.US_ASCII))),
            packed(EXTENDED, "mimetype of no container", "?", files -> files.put("mimetype", "application/zip".getBytes(StandardCharsets.US_ASCII))),
            packed(EXTENDED, "mimetype missing", "?", files -> files.remove("mimetype")),
            packed(EXTENDED, "file added", "invalid FORMAT_FAILURE UNSIGNED_FILE", files -> files.put("phu-luc.txt", EVIL)),
            packed(EXTENDED, "file added in META-INF", "invalid FORMAT_FAILURE UNSIGNED_FILE", files -> files.put("META-INF/phu-luc.txt", EVIL)),
            packed(SIMPLE, "file added", "invalid FORMAT_FAILURE UNSIGNED_FILE", files -> files.put("phu-luc.txt", EVIL)),
            packed(SIMPLE, "file replaced", "invalid HASH_FAILURE", files -> files.put("qd.txt", EVIL)),
            packed(EXTENDED, "file replaced", "invalid HASH_FAILURE", files -> files.put("qd.txt", EVIL)),
            packed(EXTENDED, "file removed", "indeterminate SIGNED_DATA_NOT_FOUND", files -> files.remove("qd.txt")),
            packed(EXTENDED, "file renamed", "indeterminate SIGNED_DATA_NOT_FOUND", files -> files.put("khac.txt", files.remove("qd.txt"))),
            packed(EXTENDED, "signatures of another container", "invalid HASH_FAILURE", files -> files.put("META-INF/signatures001.xml",
                Zip.read(BENCH.sign(EXTENDED, EVIL, SignatureLevel.B, Packaging.DETACHED, BENCH.ec)).get("META-INF/signatures001.xml"))),
            packed(EXTENDED, "manifest of another container", "invalid FORMAT_FAILURE UNSIGNED_FILE", files -> files.put("META-INF/manifest.xml",
                new String(files.get("META-INF/manifest.xml"), StandardCharsets.UTF_8).replace("qd.txt", "khac.txt").getBytes(StandardCharsets.UTF_8))),
            packed(EXTENDED, "wrapped signature document", "?", files -> files.put("META-INF/signatures001.xml", new String(files.get("META-INF/signatures001.xml"), StandardCharsets.UTF_8)
                .replace("</ds:Signature>", "<ds:Object><e>Chi 9.000</e></ds:Object></ds:Signature>").getBytes(StandardCharsets.UTF_8))));
    }

    static Stream<Attack> octets() {
        return Stream.of(
            raw("data after the end", "?", whole -> whole + "PK\003\004 them vao"),
            raw("data before the begin", "?", whole -> "#!/bin/sh\n" + whole),
            raw("data between", "?", whole -> whole.substring(0, whole.indexOf("PK\001\002")) + "xen vao giua" + whole.substring(whole.indexOf("PK\001\002"))),
            raw("local header and directory differ", DIFFER, whole -> whole.substring(0, whole.lastIndexOf("qd.txt")) + "qx.txt" + whole.substring(whole.lastIndexOf("qd.txt") + 6)),
            raw("second directory", "?", whole -> whole + whole.substring(whole.indexOf("PK\001\002"))),
            raw("duplicate names", NAMES, whole -> twice(whole)));
    }

    @ParameterizedTest
    @MethodSource({"files", "octets"})
    void isRefused(Attack attack) throws Exception {
        attack.check(BENCH);
    }

    private static Attack packed(String format, String name, String verdict, Consumer<Map<String, byte[]>> change) {
        Making honest = () -> Sent.of(BENCH.sign(format, FILE, SignatureLevel.B, Packaging.DETACHED, BENCH.ec));
        return new Attack(format + ": " + name, verdict, honest, () -> {
            Map<String, byte[]> files = new LinkedHashMap<>(Zip.read(honest.make().document()));
            change.accept(files);
            return Sent.of(Zip.write(files));
        });
    }

    /** The container octet by octet. */
    private static Attack raw(String name, String verdict, java.util.function.UnaryOperator<String> change) {
        Making honest = () -> Sent.of(Zip.write(Zip.read(BENCH.sign(EXTENDED, FILE, SignatureLevel.B, Packaging.DETACHED, BENCH.ec))));
        return new Attack(EXTENDED + ": " + name, verdict, honest, () -> Sent.of(change.apply(new String(honest.make().document(), StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** One more file, which then gets the name of the first; both in the entries and in the directory. */
    private static String twice(String whole) {
        Map<String, byte[]> files = new LinkedHashMap<>(Zip.read(whole.getBytes(StandardCharsets.ISO_8859_1)));
        files.put("qe.txt", EVIL);
        return new String(Zip.write(files), StandardCharsets.ISO_8859_1).replace("qe.txt", "qd.txt");
    }
}
