/** Whether a PDF that was signed is still what was signed, told by its octets and objects (ISO 32000-2, ETSI EN 319 142-1). It knows PDFBox and no library for signatures. */
@NullMarked
package antin.signing.pdf;

import org.jspecify.annotations.NullMarked;
