package antin.signing.pdf;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.util.Arrays;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.jspecify.annotations.Nullable;

/** Output intents (ISO 32000-2, 14.11.5) that leave colours as they are: sRGB in the octets of the JDK. */
final class ColourProfile {

    private static final byte[] SRGB = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    /** The primary platform (ISO 15076-1, 7.2.12): JDKs differ in nothing else. */
    private static final int PLATFORM = 40;
    private static final int AFTER_PLATFORM = 44;
    private static final COSName PROFILE = COSName.getPDFName("DestOutputProfile");

    private ColourProfile() {
    }

    static boolean isOrdinary(@Nullable COSBase intents) {
        return resolved(intents) instanceof COSArray array && array.size() == 1 && resolved(array.get(0)) instanceof COSDictionary intent && intent.getDictionaryObject(PROFILE) instanceof COSStream profile
            && isSrgb(profile);
    }

    private static boolean isSrgb(COSStream profile) {
        try {
            byte[] octets = Unpacked.of(profile, SRGB.length);
            return octets.length == SRGB.length && Arrays.equals(octets, 0, PLATFORM, SRGB, 0, PLATFORM)
                && Arrays.equals(octets, AFTER_PLATFORM, octets.length, SRGB, AFTER_PLATFORM, SRGB.length);
        } catch (IOException e) {
            return false;
        }
    }

    private static @Nullable COSBase resolved(@Nullable COSBase item) {
        return item instanceof COSObject reference ? reference.getObject() : item;
    }
}
