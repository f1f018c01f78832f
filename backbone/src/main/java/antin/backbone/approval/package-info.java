/** Acts that one administrator asks for and a second one allows: kept, decided and used once, for pages and for our other processes alike. */
@NullMarked
package antin.backbone.approval;

import org.jspecify.annotations.NullMarked;
