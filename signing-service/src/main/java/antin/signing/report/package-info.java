/** A validation's report as people read it: what is said of each signature, in both languages, on a page and on paper. Knows neither HTTP nor the library that draws it. */
@NullMarked
package antin.signing.report;

import org.jspecify.annotations.NullMarked;
