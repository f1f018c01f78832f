package antin.otp.apppassword;

import antin.otp.apppassword.AppPassword.LastUse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How an app password lies in its table. */
final class AppPasswordRows {

    static final String COLUMNS = "p.id, p.person, p.name, p.scopes, p.created, p.expires, p.last_used, p.last_scope, p.last_address";

    private AppPasswordRows() {
    }

    static AppPassword read(ResultSet row, int number) throws SQLException {
        Set<AppScope> scopes = Stream.of((String[]) row.getArray("scopes").getArray()).map(AppScope::of).flatMap(Optional::stream)
            .collect(Collectors.toSet());
        Optional<AppScope> lastScope = Optional.ofNullable(row.getString("last_scope")).flatMap(AppScope::of);
        Optional<String> lastAddress = Optional.ofNullable(row.getString("last_address"));
        Optional<LastUse> lastUse = instant(row.getTimestamp("last_used")).map(time -> new LastUse(time, lastScope, lastAddress));
        return new AppPassword(row.getObject("id", UUID.class), row.getString("person"), row.getString("name"), scopes,
            row.getTimestamp("created").toInstant(), instant(row.getTimestamp("expires")), lastUse);
    }

    private static Optional<Instant> instant(@Nullable Timestamp timestamp) {
        return Optional.ofNullable(timestamp).map(Timestamp::toInstant);
    }
}
