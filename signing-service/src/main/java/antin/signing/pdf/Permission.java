package antin.signing.pdf;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.jspecify.annotations.Nullable;

/**
 * What the signatures of a revision allow after them (ISO 32000-2, 12.8.2.2, 12.8.2.4 and table 236): nothing, filling in and signing, or notes too; and which fields they lock.
 *
 * @param level 1 to 3, as {@code P} of DocMDP; 2 where nobody certified the document
 */
record Permission(int level, List<Predicate<String>> locks) {

    private static final COSName TRANSFORM = COSName.getPDFName("TransformMethod");
    private static final COSName PARAMETERS = COSName.getPDFName("TransformParams");
    private static final int NOTHING = 1;
    private static final int FILLING_IN = 2;
    private static final int NOTES = 3;

    static Permission of(PDDocument revision) {
        int level = 0;
        List<Predicate<String>> locks = new ArrayList<>();
        for (PDSignature signature : revision.getSignatureDictionaries()) {
            for (COSDictionary reference : references(signature.getCOSObject())) {
                COSDictionary parameters = reference.getCOSDictionary(PARAMETERS);
                String method = String.valueOf(reference.getNameAsString(TRANSFORM));
                if (parameters != null && method.equals("DocMDP")) {
                    level = stricter(level, parameters.getInt(COSName.P, FILLING_IN));
                } else if (parameters != null && method.equals("FieldMDP")) {
                    locks.add(lock(parameters));
                    level = parameters.containsKey(COSName.P) ? stricter(level, parameters.getInt(COSName.P)) : level;
                }
            }
        }
        return new Permission(level == 0 ? FILLING_IN : level, locks);
    }

    boolean forbidsSignatures() {
        return level == NOTHING || locks.stream().anyMatch(lock -> lock.test(""));
    }

    boolean forbidsFilling(String field) {
        return level == NOTHING || locks.stream().anyMatch(lock -> lock.test(field));
    }

    boolean allowsNotes() {
        return level == NOTES;
    }

    /** Anything but 1 to 3 allows nothing. */
    private static int stricter(int level, int other) {
        int read = other < NOTHING || other > NOTES ? NOTHING : other;
        return level == 0 ? read : Math.min(level, read);
    }

    private static List<COSDictionary> references(COSDictionary signature) {
        List<COSDictionary> found = new ArrayList<>();
        COSArray references = signature.getCOSArray(COSName.getPDFName("Reference"));
        for (int i = 0; references != null && i < references.size(); i++) {
            if (references.getObject(i) instanceof COSDictionary reference) {
                found.add(reference);
            }
        }
        return found;
    }

    /** By a field's whole name; the empty one stands for a field that is not there yet. */
    private static Predicate<String> lock(COSDictionary parameters) {
        List<String> names = names(parameters.getDictionaryObject(COSName.FIELDS));
        Predicate<String> named = field -> !field.isEmpty() && names.stream().anyMatch(name -> field.equals(name) || field.startsWith(name + "."));
        return switch (String.valueOf(parameters.getNameAsString("Action"))) {
            case "Include" -> named;
            case "Exclude" -> field -> !field.isEmpty() && !named.test(field);
            default -> field -> true;
        };
    }

    private static List<String> names(@Nullable COSBase fields) {
        List<String> names = new ArrayList<>();
        if (fields instanceof COSArray array) {
            for (int i = 0; i < array.size(); i++) {
                names.add(String.valueOf(array.getString(i)));
            }
        }
        return names;
    }
}
