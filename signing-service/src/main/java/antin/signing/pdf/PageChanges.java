package antin.signing.pdf;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.jspecify.annotations.Nullable;

/** The pages of a signed revision and of a later one: only annotations may come, those of later signatures, and notes where whoever certified the document allows them. */
final class PageChanges {

    private static final COSName PARENT = COSName.PARENT;
    /** What viewers draw by themselves. With an appearance of its own any of these could hide what was signed. */
    private static final Set<String> NOTES = Set.of("Text", "Popup", "Highlight", "Underline", "StrikeOut", "Squiggly");
    private static final double MOST_OF_A_PAGE = 0.25;
    private static final double MOST_TOGETHER = 0.5;
    private static final double A4 = 595.0 * 842;

    private final PdfChanges changes;
    private final Permission permission;
    private final FormChanges form;
    private final Set<COSBase> visited = new HashSet<>();
    /** What pictures of later signatures take of a page together, in square points. */
    private final Map<COSDictionary, Double> taken = new IdentityHashMap<>();

    PageChanges(PdfChanges changes, Permission permission, FormChanges form) {
        this.changes = changes;
        this.permission = permission;
        this.form = form;
    }

    /** {@code Pages} of the catalog, and below. */
    void compare(@Nullable COSBase before, @Nullable COSBase now) {
        java.util.ArrayDeque<COSBase[]> open = new java.util.ArrayDeque<>();
        open.push(new COSBase[] {before, now});
        while (!open.isEmpty()) {
            COSBase[] pair = open.pop();
            COSBase node = changes.see(pair[0]);
            COSBase nodeNow = resolved(pair[1]);
            if (!(node instanceof COSDictionary page) || !(nodeNow instanceof COSDictionary pageNow)) {
                changes.against(PdfFinding.PAGES_CHANGED);
            } else if (visited.add(page)) {
                if (page.containsKey(COSName.KIDS)) {
                    changes.entries(page, pageNow, Map.of(COSName.KIDS, (kids, kidsNow) -> kids(kids, kidsNow, open)), PdfFinding.PAGES_CHANGED);
                } else {
                    changes.entries(page, pageNow, Map.of(COSName.ANNOTS, (one, other) -> annotations(one, other, pageNow)), PdfFinding.PAGE_CHANGED);
                }
            }
        }
    }

    private void kids(@Nullable COSBase before, @Nullable COSBase now, java.util.ArrayDeque<COSBase[]> open) {
        if (!(changes.seeSingle(before) instanceof COSArray kids) || !(resolved(now) instanceof COSArray kidsNow) || !SameObjects.same(kids, kidsNow)) {
            changes.against(PdfFinding.PAGES_CHANGED);
            return;
        }
        for (int i = 0; i < kids.size(); i++) {
            open.push(new COSBase[] {kids.get(i), kidsNow.get(i)});
        }
    }

    private void annotations(@Nullable COSBase before, @Nullable COSBase now, COSDictionary page) {
        COSArray annotations = changes.seeSingle(before) instanceof COSArray array ? array : new COSArray();
        COSArray annotationsNow = resolved(now) instanceof COSArray array ? array : new COSArray();
        int next = 0;
        for (COSBase annotation : annotationsNow) {
            if (next < annotations.size() && SameObjects.same(annotations.get(next), annotation)) {
                next++;
            } else {
                added(annotation, page);
            }
        }
        if (next < annotations.size()) {
            changes.against(PdfFinding.PAGE_CHANGED);
        }
    }

    private void added(COSBase item, COSDictionary page) {
        if (item instanceof COSObject reference && form.isAdded(reference) && reference.getObject() instanceof COSDictionary widget) {
            double area = area(widget.getCOSArray(COSName.RECT));
            double size = size(page);
            if (area > MOST_OF_A_PAGE * size || taken.merge(page, area, Double::sum) > MOST_TOGETHER * size) {
                changes.against(PdfFinding.PAGE_COVERED);
            }
        } else if (permission.allowsNotes() && resolved(item) instanceof COSDictionary note && !(note instanceof COSStream) && NOTES.contains(String.valueOf(note.getNameAsString(COSName.SUBTYPE)))
            && !note.containsKey(COSName.AP)) {
            changes.change();
        } else {
            changes.against(PdfFinding.ANNOTATION_ADDED);
        }
    }

    /** What is seen of it, in square points: the smaller of its boxes (ISO 32000-2, 14.11.2.1); of a page without one, A4. */
    private static double size(COSDictionary page) {
        double media = size(page, COSName.MEDIA_BOX);
        double crop = size(page, COSName.CROP_BOX);
        return Math.min(media > 0 ? media : A4, crop > 0 ? crop : Double.MAX_VALUE);
    }

    /** Its own or its parents' box; 0 for none. */
    private static double size(COSDictionary page, COSName box) {
        COSDictionary node = page;
        for (int depth = 0; node != null && depth < 50; depth++) {
            double area = area(node.getCOSArray(box));
            if (area > 0) {
                return area;
            }
            node = node.getCOSDictionary(PARENT);
        }
        return 0;
    }

    private static double area(@Nullable COSArray box) {
        if (box == null || box.size() != 4) {
            return 0;
        }
        double[] sides = new double[4];
        for (int i = 0; i < 4; i++) {
            sides[i] = box.getObject(i) instanceof COSNumber number ? number.floatValue() : 0;
        }
        return Math.abs((sides[2] - sides[0]) * (sides[3] - sides[1]));
    }

    private static @Nullable COSBase resolved(@Nullable COSBase item) {
        return item instanceof COSObject reference ? reference.getObject() : item;
    }
}
