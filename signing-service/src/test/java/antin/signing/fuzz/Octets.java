package antin.signing.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;

/** Is what was signed still there? Each question errs towards yes where a form is not looked into. */
final class Octets {

    private static final String TEXT = "Bổ nhiệm ông Nguyễn Văn A";

    private Octets() {
    }

    /** Of the first signature: all before its value, and what it covers behind it. */
    static boolean sameAroundContents(byte[] seed, byte[] data) {
        String text = new String(seed, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf("/Contents <");
        int value = begin < 0 ? text.indexOf("/Contents<") : begin;
        int from = text.indexOf('<', value);
        int to = text.indexOf('>', from) + 1;
        int end = text.indexOf("%%EOF", to);
        return data.length >= end && Arrays.equals(seed, 0, from, data, 0, from) && Arrays.equals(seed, to, end, data, to, end);
    }

    static boolean hasText(byte[] xml) {
        return new String(xml, StandardCharsets.UTF_8).contains(TEXT);
    }

    static boolean isPayload(byte[] jws, byte[] content) {
        String text = new String(jws, StandardCharsets.US_ASCII);
        return !text.startsWith("ey") || text.contains("." + Base64.getUrlEncoder().withoutPadding().encodeToString(content) + ".");
    }

    static boolean isCmsContent(byte[] cms, byte[] content) {
        try {
            var signed = new CMSSignedData(new ByteArrayInputStream(cms)).getSignedContent();
            return signed != null && Arrays.equals((byte[]) signed.getContent(), content);
        } catch (CMSException e) {
            return false;
        }
    }

    static boolean hasEntry(byte[] container, byte[] content) {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(container))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (Arrays.equals(zip.readNBytes(content.length + 1), content)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }
}
