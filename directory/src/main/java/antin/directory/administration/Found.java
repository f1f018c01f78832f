package antin.directory.administration;

import java.util.List;

/** A page of what was found, and how many there are in all. */
public record Found<T>(List<T> page, int total) {

    public Found {
        page = List.copyOf(page);
    }
}
