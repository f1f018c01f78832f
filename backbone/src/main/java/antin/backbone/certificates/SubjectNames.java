package antin.backbone.certificates;

import antin.directory.Person;
import antin.directory.Unit;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** Distinguished names as certificates have them, from what the directory says. */
public final class SubjectNames {

    private static final String HOUSE = ",O=Ấn Tín,C=VN";

    private SubjectNames() {
    }

    public static X500Principal of(Unit unit) {
        return new X500Principal("CN=" + Rdn.escapeValue(unit.name()) + ",OU=" + Rdn.escapeValue(unit.id()) + HOUSE);
    }

    public static X500Principal of(Person person) {
        return new X500Principal("UID=" + Rdn.escapeValue(person.number()) + ",CN=" + Rdn.escapeValue(person.name())
            + ",OU=" + Rdn.escapeValue(person.unit().id()) + HOUSE);
    }
}
