package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.signing.signature.Document;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UntrustedPdfTest {

    @TempDir
    private Path folder;

    @Test
    void refusesAStreamOfObjectsThatSwells() throws IOException {
        assertThatThrownBy(() -> UntrustedPdf.check(pdf("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", 200 << 20))).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> UntrustedPdf.check(pdf("/N 1/#46irst 4/Filter[/#46lateDecode]", 200 << 20))).as("written crookedly").isInstanceOf(Problem.class);
        assertThatThrownBy(() -> UntrustedPdf.check(pdf("/Type/XRef/W[1 2 1]/Filter/Fl", 200 << 20))).isInstanceOf(Problem.class);
    }

    @Test
    void refusesObjectsPackedTwice() throws IOException {
        assertThatThrownBy(() -> UntrustedPdf.check(pdf("/N 1/First 4/Filter[/FlateDecode/FlateDecode]", 10))).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> UntrustedPdf.check(pdf("/N 1/First 4/Filter/LZWDecode", 10))).isInstanceOf(Problem.class);
    }

    @Test
    void takesOrdinaryStreams() {
        assertThatCode(() -> UntrustedPdf.check(pdf("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", 1 << 20))).doesNotThrowAnyException();
        assertThatCode(() -> UntrustedPdf.check(pdf("/Subtype/Image/Width 9000/Filter/FlateDecode", 200 << 20))).as("a picture").doesNotThrowAnyException();
    }

    private Document pdf(String dictionary, int octets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("%PDF-1.7\n4 0 obj<<" + dictionary + ">>stream\r\n").getBytes(StandardCharsets.US_ASCII));
        DeflaterOutputStream packed = new DeflaterOutputStream(out);
        byte[] zeros = new byte[1 << 20];
        for (int left = octets; left > 0; left -= zeros.length) {
            packed.write(zeros, 0, Math.min(left, zeros.length));
        }
        packed.finish();
        out.writeBytes("\nendstream endobj\n%%EOF\n".getBytes(StandardCharsets.US_ASCII));
        return new Document(Files.write(folder.resolve("a.pdf"), out.toByteArray()), "a.pdf", out.size(), "");
    }
}
