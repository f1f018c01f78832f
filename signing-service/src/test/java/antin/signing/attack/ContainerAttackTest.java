package antin.signing.attack;

import antin.signing.attack.Attack.Making;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureLevel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
    private static final String OTHERWISE = "refused: The container is not taken: it is broken, or uses what containers of signatures must not.";
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
            packed(EXTENDED, "mimetype of no container", "invalid FORMAT_FAILURE WRONG_MIMETYPE", files -> files.put("mimetype", "application/zip".getBytes(StandardCharsets.US_ASCII))),
            packed(EXTENDED, "mimetype not first", "invalid FORMAT_FAILURE WRONG_MIMETYPE", files -> {
                byte[] type = files.remove("mimetype");
                files.put("mimetype", type);
            }),
            packed(EXTENDED, "file added", "invalid FORMAT_FAILURE UNSIGNED_FILE", files -> files.put("phu-luc.txt", EVIL)),
            packed(EXTENDED, "file added in META-INF", "invalid FORMAT_FAILURE UNSIGNED_FILE", files -> files.put("META-INF/phu-luc.txt", EVIL)),
            packed(SIMPLE, "file added", "invalid FORMAT_FAILURE UNSIGNED_FILE WRONG_MIMETYPE", files -> files.put("phu-luc.txt", EVIL)),
            packed(SIMPLE, "file replaced", "invalid HASH_FAILURE", files -> files.put("qd.txt", EVIL)),
            packed(EXTENDED, "file replaced", "invalid HASH_FAILURE", files -> files.put("qd.txt", EVIL)),
            packed(EXTENDED, "file removed", "invalid FORMAT_FAILURE", files -> files.remove("qd.txt")),
            packed(EXTENDED, "file renamed", "invalid FORMAT_FAILURE UNSIGNED_FILE", files -> files.put("khac.txt", files.remove("qd.txt"))),
            packed(EXTENDED, "signatures of another container", "invalid HASH_FAILURE", files -> files.put("META-INF/signatures001.xml",
                Zip.read(BENCH.sign(EXTENDED, EVIL, SignatureLevel.B, Packaging.DETACHED, BENCH.ec)).get("META-INF/signatures001.xml"))),
            packed(EXTENDED, "wrapped signature document", "invalid FORMAT_FAILURE UNSIGNED_OBJECT", files -> files.put("META-INF/signatures001.xml", new String(files.get("META-INF/signatures001.xml"), StandardCharsets.UTF_8)
                .replace("</ds:Signature>", "<ds:Object><e>Chi 9.000</e></ds:Object></ds:Signature>").getBytes(StandardCharsets.UTF_8))),
            packed(EXTENDED, "XPath in the signature file", "invalid FORMAT_FAILURE HIDING_TRANSFORM", files -> files.put("META-INF/signatures001.xml", new String(files.get("META-INF/signatures001.xml"), StandardCharsets.UTF_8)
                .replaceFirst("<ds:DigestMethod", "<ds:Transforms><ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"><ds:XPath>count(//*)=1</ds:XPath></ds:Transform></ds:Transforms>$0").getBytes(StandardCharsets.UTF_8))));
    }

    /** ASiC-E with CAdES: a manifest names the files, and is what is signed (ETSI EN 319 162-1, 4.4.4). */
    static Stream<Attack> manifests() {
        String manifest = "META-INF/ASiCManifest001.xml";
        return Stream.of(
            manifest("file removed from the manifest", "invalid HASH_FAILURE UNSIGNED_FILE", files -> files.put(manifest, new String(files.get(manifest), StandardCharsets.UTF_8)
                .replaceAll("(?s)<asic:DataObjectReference.*</asic:DataObjectReference>", "").getBytes(StandardCharsets.UTF_8))),
            manifest("manifest of another container", "invalid HASH_FAILURE UNSIGNED_FILE", files -> files.put(manifest, Zip.read(Forge.asicWithCades(BENCH, EVIL)).get(manifest))),
            manifest("file added beside the manifest", "invalid FORMAT_FAILURE UNSIGNED_FILE", files -> files.put("phu-luc.txt", EVIL)),
            manifest("manifest not signed", "invalid FORMAT_FAILURE UNSIGNED_FILE", files -> files.put("META-INF/ASiCManifest002.xml", Zip.read(Forge.asicWithCades(BENCH, EVIL)).get(manifest))),
            manifest("file replaced", "invalid HASH_FAILURE", files -> files.put("qd.txt", EVIL)));
    }

    static Stream<Attack> octets() {
        return Stream.of(
            raw("data after the end", "refused: The container is not taken: something stands after its end.", whole -> whole + "PK\003\004 them vao"),
            raw("data before the begin", "refused: The document is none of PDF, XML, CMS, JSON and ZIP container.", whole -> "#!/bin/sh\n" + whole),
            raw("data between", OTHERWISE, whole -> whole.substring(0, whole.indexOf("PK\001\002")) + "xen vao giua" + whole.substring(whole.indexOf("PK\001\002"))),
            raw("local header and directory differ", DIFFER, whole -> whole.substring(0, whole.lastIndexOf("qd.txt")) + "qx.txt" + whole.substring(whole.lastIndexOf("qd.txt") + 6)),
            raw("directory leads into an extra field", DIFFER, ContainerAttackTest::withDecoy),
            raw("second directory", OTHERWISE, whole -> whole + whole.substring(whole.indexOf("PK\001\002"))),
            raw("duplicate names", NAMES, whole -> twice(whole)));
    }

    /** A file of the signed one's name in the first entry's extra field, and the directory names it (APPNOTE 4.3.7, 4.3.12). */
    private static String withDecoy(String whole) {
        byte[] file = Zip.write(Map.of("qd.txt", EVIL));
        int directory = latin(file).indexOf("PK\001\002");
        String decoy = latin(file).substring(0, directory);
        int extra = 30 + "mimetype".length();
        ByteBuffer changed = ByteBuffer.wrap((whole.substring(0, extra) + decoy + whole.substring(extra)).getBytes(StandardCharsets.ISO_8859_1)).order(ByteOrder.LITTLE_ENDIAN);
        changed.putShort(28, (short) decoy.length());
        int end = whole.lastIndexOf("PK\005\006") + decoy.length();
        changed.putInt(end + 16, changed.getInt(end + 16) + decoy.length());
        for (int at = changed.getInt(end + 16); at < end; at += 46 + changed.getShort(at + 28) + changed.getShort(at + 30) + changed.getShort(at + 32)) {
            if (latin(changed.array()).startsWith("qd.txt", at + 46)) {
                changed.put(at + 8, file, directory + 8, 20); // flags to sizes
                changed.putInt(at + 42, extra);
            } else if (changed.getInt(at + 42) > 0) {
                changed.putInt(at + 42, changed.getInt(at + 42) + decoy.length());
            }
        }
        return latin(changed.array());
    }

    private static String latin(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @MethodSource({"files", "manifests", "octets"})
    void isRefused(Attack attack) throws Exception {
        attack.check(BENCH);
    }

    private static Attack manifest(String name, String verdict, Consumer<Map<String, byte[]>> change) {
        return repacked("ASiC-E with CAdES: " + name, verdict, () -> Sent.of(Forge.asicWithCades(BENCH, FILE)), change);
    }

    private static Attack packed(String format, String name, String verdict, Consumer<Map<String, byte[]>> change) {
        return repacked(format + ": " + name, verdict, () -> Sent.of(BENCH.sign(format, FILE, SignatureLevel.B, Packaging.DETACHED, BENCH.ec)), change);
    }

    private static Attack repacked(String name, String verdict, Making honest, Consumer<Map<String, byte[]>> change) {
        return new Attack(name, verdict, honest, () -> {
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
