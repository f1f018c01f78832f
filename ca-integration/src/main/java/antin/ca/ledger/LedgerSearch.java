package antin.ca.ledger;

import antin.ca.CertificateSearch;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds certificates in the ledger, in the order in which they end. */
public final class LedgerSearch implements CertificateSearch {

    private static final int MOST = 200;
    private static final int LONGEST_SUBJECT = 200;
    private static final Pattern PLACE = Pattern.compile("(\\d{1,12})-([0-9a-f]{1,40})");

    private final LedgerDatabase database;
    private final Clock clock;

    public LedgerSearch(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** SQL with what stands for its question marks. */
    private record Conditions(StringBuilder sql, List<Object> values) {

        void add(String condition, Object... values) {
            sql.append(" and ").append(condition);
            this.values.addAll(List.of(values));
        }
    }

    @Override
    public Page find(Query query, int limit, Optional<String> after) {
        if (query.subject().length() > LONGEST_SUBJECT) {
            throw new Problem(Kind.MALFORMED_REQUEST, "At most " + LONGEST_SUBJECT + " characters of a subject are looked for.");
        }
        int most = Math.clamp(limit, 1, MOST);
        Conditions conditions = conditions(query, after);
        try {
            return database.ask(connection -> {
                List<Found> found = new ArrayList<>();
                try (PreparedStatement select = connection.prepareStatement("select change, certificate.issuer, serial, not_after, revoked, reason, profile, actor, der"
                    + " from certificate join intent using (serial) where certificate.issuer <> 'internal'" + conditions.sql + " order by not_after, serial limit " + (most + 1))) {
                    for (int i = 0; i < conditions.values.size(); i++) {
                        select.setObject(i + 1, conditions.values.get(i));
                    }
                    try (ResultSet row = select.executeQuery()) {
                        while (row.next()) {
                            found.add(new Found(Ledger.status(row), row.getString("profile"), certificate(row.getBytes("der")), row.getString("actor")));
                        }
                    }
                }
                return found.size() <= most ? new Page(found, Optional.empty()) : new Page(found.subList(0, most), Optional.of(place(found.get(most - 1))));
            });
        } catch (SQLException e) {
            throw LedgerDatabase.problem(e);
        }
    }

    private Conditions conditions(Query query, Optional<String> after) {
        Conditions conditions = new Conditions(new StringBuilder(), new ArrayList<>());
        Timestamp now = Timestamp.from(clock.instant());
        query.serial().ifPresent(serial -> conditions.add("serial = ?", Ledger.hex(serial)));
        if (!query.subject().isBlank()) {
            // Some databases' locale knows no small letters but ASCII's: then a name is found as it is written
            conditions.add("(position(? in subject) > 0 or position(lower(?) in lower(subject)) > 0)", query.subject().strip(), query.subject().strip());
        }
        query.state().ifPresent(state -> {
            switch (state) {
                case REVOKED -> conditions.add("revoked is not null");
                case GOOD -> conditions.add("revoked is null and not_after >= ?", now);
                case EXPIRED -> conditions.add("revoked is null and not_after < ?", now);
            }
        });
        query.endsFrom().ifPresent(time -> conditions.add("not_after >= ?", Timestamp.from(time)));
        query.endsBefore().ifPresent(time -> conditions.add("not_after < ?", Timestamp.from(time)));
        after.ifPresent(place -> {
            Matcher matcher = PLACE.matcher(place);
            if (!matcher.matches()) {
                throw new Problem(Kind.MALFORMED_REQUEST, "The place to go on from is none that a page named.");
            }
            conditions.add("(not_after, serial) > (?, ?)", Timestamp.from(Instant.ofEpochSecond(Long.parseLong(matcher.group(1)))), matcher.group(2));
        });
        return conditions;
    }

    /** Ends of certificates are whole seconds (RFC 5280, 4.1.2.5). */
    private static String place(Found last) {
        return last.status().notAfter().getEpochSecond() + "-" + Ledger.hex(last.status().serial());
    }

    private static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalStateException("The ledger holds what is no certificate", e);
        }
    }
}
