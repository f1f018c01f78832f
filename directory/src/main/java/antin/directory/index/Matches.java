package antin.directory.index;

import antin.directory.PersonEntry;
import java.util.List;

/** A page of what was found, and how many there are in all. */
public record Matches(List<PersonEntry> page, int total) {

    public Matches {
        page = List.copyOf(page);
    }
}
