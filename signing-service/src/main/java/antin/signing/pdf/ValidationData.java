package antin.signing.pdf;

import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.jspecify.annotations.Nullable;

/** The document security store (ETSI EN 319 142-1, 5.4.2): dictionaries and arrays that lead to streams of DER and to nothing else that a page could show. */
final class ValidationData {

    private static final Set<String> STORE = Set.of("Type", "VRI", "Certs", "OCSPs", "CRLs");
    private static final Set<String> OF_ONE = Set.of("Type", "Cert", "OCSP", "CRL", "TU", "TS");
    private static final Set<String> STREAM = Set.of("Length", "Filter", "DecodeParms");
    private static final String OF_EACH = "VRI";

    private final PdfChanges changes;

    ValidationData(PdfChanges changes) {
        this.changes = changes;
    }

    /** Its containers may change, its streams may not. */
    void see(@Nullable COSBase store) {
        COSBase before = changes.seeSingle(store);
        if (before instanceof COSDictionary dictionary) {
            for (COSName key : dictionary.keySet()) {
                COSBase entry = changes.seeSingle(dictionary.getItem(key));
                if (key.getName().equals(OF_EACH) && entry instanceof COSDictionary each) {
                    each.keySet().forEach(one -> seeOne(changes.seeSingle(each.getItem(one))));
                }
            }
        }
    }

    private void seeOne(@Nullable COSBase one) {
        if (one instanceof COSDictionary dictionary) {
            dictionary.keySet().stream().map(dictionary::getItem).filter(item -> !(resolved(item) instanceof COSStream)).forEach(changes::seeSingle);
        }
    }

    boolean isPlain(@Nullable COSBase store) {
        return resolved(store) instanceof COSDictionary dictionary && !(dictionary instanceof COSStream)
            && dictionary.keySet().stream().allMatch(key -> STORE.contains(key.getName())
                && (key.getName().equals(OF_EACH) ? areOfOne(resolved(dictionary.getItem(key))) : isData(resolved(dictionary.getItem(key)))));
    }

    private static boolean areOfOne(@Nullable COSBase each) {
        return each instanceof COSDictionary dictionary && !(dictionary instanceof COSStream) && dictionary.keySet().stream().allMatch(name ->
            resolved(dictionary.getItem(name)) instanceof COSDictionary one && !(one instanceof COSStream)
                && one.keySet().stream().allMatch(key -> OF_ONE.contains(key.getName()) && isData(resolved(one.getItem(key)))));
    }

    private static boolean isData(@Nullable COSBase value) {
        return switch (value) {
            case COSStream stream -> stream.keySet().stream().allMatch(key -> STREAM.contains(key.getName()));
            case COSArray array -> array.toList().stream().allMatch(one -> resolved(one) instanceof COSStream stream && isData(stream));
            case COSName name -> true;
            case COSString string -> true;
            case null, default -> false;
        };
    }

    private static @Nullable COSBase resolved(@Nullable COSBase item) {
        return item instanceof COSObject reference ? reference.getObject() : item;
    }
}
