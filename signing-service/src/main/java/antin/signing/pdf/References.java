package antin.signing.pdf;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.jspecify.annotations.Nullable;

/** Who names whom in a PDF, from the trailer on. An object made to be both of two things could be changed as the one and show as the other. */
final class References {

    private final Deque<COSBase> open = new ArrayDeque<>();
    private final Set<COSObjectKey> known = new HashSet<>();
    private final COSDocument document;

    References(COSDocument document) {
        this.document = document;
    }

    /** Whether any of them is named more than once. */
    boolean anyTwice(Set<COSObjectKey> keys) {
        open.add(document.getTrailer());
        while (!open.isEmpty()) {
            boolean twice = switch (open.pop()) {
                case COSDictionary dictionary -> dictionary.keySet().stream().anyMatch(key -> isSecond(dictionary.getItem(key), keys));
                case COSArray array -> array.toList().stream().anyMatch(one -> isSecond(one, keys));
                default -> false;
            };
            if (twice) {
                return true;
            }
        }
        return false;
    }

    private boolean isSecond(@Nullable COSBase item, Set<COSObjectKey> keys) {
        if (item instanceof COSObject reference) {
            if (!known.add(reference.getKey())) {
                return keys.contains(reference.getKey());
            }
            COSBase object = reference.getObject();
            if (object != null) {
                open.push(object);
            }
        } else if (item instanceof COSDictionary || item instanceof COSArray) {
            open.push(item);
        }
        return false;
    }
}
