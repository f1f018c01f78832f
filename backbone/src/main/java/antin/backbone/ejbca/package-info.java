/** An authority on EJBCA beside our own: which wishes go there, and who follows what is decided there. Only there where {@code conf/backbone.properties} has keys under {@code ejbca.}. */
@NullMarked
package antin.backbone.ejbca;

import org.jspecify.annotations.NullMarked;
