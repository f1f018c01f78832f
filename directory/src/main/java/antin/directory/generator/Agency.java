package antin.directory.generator;

import antin.directory.Body;
import antin.directory.Unit;
import java.util.List;

/**
 * An invented agency.
 *
 * @param path           short names from the agency itself up to the top
 * @param kind           such as {@code department}
 * @param organizationId 13 characters
 * @param weight         how many people it has, compared with others
 */
record Agency(Unit unit, List<String> path, Body body, String kind, String organizationId, String address, int weight) {
}
