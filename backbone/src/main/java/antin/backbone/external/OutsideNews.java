package antin.backbone.external;

import antin.ca.external.OutsideRequests.OutsideRequest;
import antin.ca.external.OutsideRequests.State;
import antin.ca.external.Owner;
import antin.ca.external.Registered;
import antin.directory.Directory;
import antin.otp.notice.Notices;
import antin.web.ReaderTimes;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** Letters to owners, or to whoever registered where that is an agency: what became of a certificate, and what an authority answered. */
public final class OutsideNews {

    private final Directory directory;
    private final Notices notices;

    public OutsideNews(Directory directory, Notices notices) {
        this.directory = directory;
        this.notices = notices;
    }

    /** How it stands now. */
    void stands(Registered one) {
        write(reader(one), "outside.letter." + one.state().word(), one, "", "");
    }

    void notAllowed(Registered one) {
        write(reader(one), "outside.letter.not-allowed", one, "", "");
    }

    void answered(OutsideRequest request, Registered about) {
        write(Owner.kind(about.owner()) == Owner.Kind.PERSON ? about.owner() : request.askedBy(), request.state() == State.CONFIRMED ? "outside.letter.confirmed" : "outside.letter.refused", about,
            request.id(), request.reference());
    }

    private static String reader(Registered one) {
        return Owner.kind(one.owner()) == Owner.Kind.PERSON ? one.owner() : one.registeredBy();
    }

    private void write(String person, String key, Registered one, String request, String reference) {
        directory.person(person).ifPresent(reader -> {
            ResourceBundle texts = ResourceBundle.getBundle("antin.backbone.outside", reader.language().equals("en") ? Locale.ENGLISH : Locale.ROOT,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
            Object[] facts = {one.serial(), one.authority(), new ReaderTimes().date(one.notAfter()), Owner.bare(one.owner()), request, reference};
            notices.send(person, MessageFormat.format(texts.getString(key), facts), MessageFormat.format(texts.getString(key + ".text"), facts) + '\n');
        });
    }
}
