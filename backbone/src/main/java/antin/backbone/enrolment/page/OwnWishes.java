package antin.backbone.enrolment.page;

import antin.backbone.certificates.SubjectNames;
import antin.backbone.enrolment.CertificateKind;
import antin.backbone.enrolment.Enrol;
import antin.backbone.enrolment.Owner;
import antin.directory.Person;
import java.util.List;

/** What people may ask for themselves, with the names that the directory has. */
final class OwnWishes {

    private static final int MOST_ADDRESSES = 10;

    private OwnWishes() {
    }

    /** For mail: all that others may write to. */
    static List<String> addresses(Person person) {
        return person.addresses().stream().limit(MOST_ADDRESSES).toList();
    }

    static Enrol.Wish of(Person person, CertificateKind kind, byte[] untrustedPkcs10, String from) {
        return new Enrol.Wish(Owner.person(person.number()), kind, SubjectNames.of(person), kind.isForMail() ? addresses(person) : List.of(person.address()), List.of(), untrustedPkcs10, person.number(), from);
    }
}
