package antin.otp.factor;

import io.nayuki.qrcodegen.QrCode;

/** A QR code as one SVG path, which a page holds itself: no picture is fetched, none is stored. */
public record QrPicture(int size, String path) {

    private static final int MARGIN = 4; // ISO/IEC 18004, 5.3.8: the quiet zone, in modules

    public static QrPicture of(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M').append(x + MARGIN).append(' ').append(y + MARGIN).append("h1v1h-1z");
                }
            }
        }
        return new QrPicture(code.size + 2 * MARGIN, path.toString());
    }
}
