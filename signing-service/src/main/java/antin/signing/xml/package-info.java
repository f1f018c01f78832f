/** XML-DSig (W3C XML Signature 1.1) with Apache Santuario, for XML of schemas that know no XAdES; and the strict parser that all XML goes through. Knows nothing of DSS. */
@NullMarked
package antin.signing.xml;

import org.jspecify.annotations.NullMarked;
