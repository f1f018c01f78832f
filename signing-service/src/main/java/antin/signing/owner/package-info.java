/** Who answers for an agency's key, and how it goes to another person (Decree 30/2020/NĐ-CP, Article 32.2b). */
@NullMarked
package antin.signing.owner;

import org.jspecify.annotations.NullMarked;
