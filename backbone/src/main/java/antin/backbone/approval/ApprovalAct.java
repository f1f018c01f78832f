package antin.backbone.approval;

import antin.directory.rights.Act;
import antin.kernel.tls.PeerName;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What needs a second person. A new use is a line here, and texts for its word. */
public enum ApprovalAct {
    /** An administrator takes all of a person's factors away, so that they enrol anew. */
    FACTOR_RESET("factor-reset", Act.RESET_FACTORS, Set.of()),
    /** A key for decrypting mail is opened in the recovery archive, for whoever asked. */
    KEY_RECOVERY("key-recovery", Act.RESET_FACTORS, Set.of()),
    /** The device with an agency's key goes to somebody who will answer for it; signing-service hands it over, once. */
    AGENCY_KEY_HANDOVER("agency-key-handover", Act.CHANGE_POSITIONS, Set.of(new PeerName("antin:signing-service"))),
    /** A certificate that was issued elsewhere, with another name than the directory's, is registered. Whoever has its key asks for themselves. */
    OUTSIDE_CERTIFICATE("outside-certificate", Act.CHANGE_PERSON, Set.of());

    private final String word;
    private final Act right;
    private final Set<PeerName> peers;

    ApprovalAct(String word, Act right, Set<PeerName> peers) {
        this.word = word;
        this.right = right;
        this.peers = peers;
    }

    /** As it is written in the database, in texts and between processes. */
    public String word() {
        return word;
    }

    /** What both must be allowed to do to the beneficiary. */
    Act right() {
        return right;
    }

    /** Whether it is asked by the beneficiary, who has no right over themselves. */
    boolean isAskedForOneself() {
        return this == OUTSIDE_CERTIFICATE;
    }

    /** The processes that may use one up; none where the pages themselves carry it out. */
    Set<PeerName> peers() {
        return peers;
    }

    public static Optional<ApprovalAct> of(String word) {
        return Arrays.stream(values()).filter(act -> act.word.equals(word)).findFirst();
    }
}
