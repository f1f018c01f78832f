package antin.backbone.status;

import antin.ca.CertificateStatus;
import antin.kernel.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Keeps the database's copy near what is known: by each change, and from where it stopped after the database was away. For one thread at a time. */
final class StatusCopy {

    private static final Logger LOG = LoggerFactory.getLogger(StatusCopy.class);
    private static final int AT_ONCE = 1_000;

    private final StatusTable table;
    private boolean upToDate;

    StatusCopy(DataSource database) {
        this.table = new StatusTable(database);
    }

    /** Tells what a version before this one kept there, and nowhere else; empty where nothing was. */
    Optional<StatusTable.Standing> known(Consumer<CertificateStatus> each) {
        StatusTable.Standing standing = table.standing();
        if (standing.equals(StatusTable.Standing.NOTHING)) {
            return Optional.empty();
        }
        table.forEach(each);
        return Optional.of(standing);
    }

    /** {@code changes} are the last ones of {@code statuses}, which go up to {@code state}. */
    synchronized void follow(StatusMemory statuses, List<CertificateStatus> changes, StatusFile.State state) {
        try {
            if (upToDate) {
                table.keep(changes, state.change(), state.heard());
            } else {
                catchUp(statuses);
                table.keep(List.of(), state.change(), state.heard());
                upToDate = true;
            }
        } catch (Problem | DataAccessException e) {
            if (upToDate) {
                LOG.warn("The statuses could not be copied to the database; they are when it is back");
            }
            upToDate = false;
        }
    }

    /** What was learnt while it was away, some at a time. */
    private void catchUp(StatusMemory statuses) {
        List<CertificateStatus> some = new ArrayList<>();
        statuses.forEachAfter(table.standing().change(), status -> {
            some.add(status);
            if (some.size() == AT_ONCE) {
                table.add(some);
                some.clear();
            }
        });
        table.add(some);
    }
}
