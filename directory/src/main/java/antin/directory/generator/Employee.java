package antin.directory.generator;

import antin.directory.Position;
import antin.directory.Role;
import java.util.List;

/** An invented member of staff. {@code local} is what stands before the {@code @}, unique in the city. */
record Employee(String number, VietnameseNames.Name name, String local, String unit, Role role, String title, String phone, List<Position> positions) {
}
