/** The process that faces people: it assembles login, and later people's records and certificates, on one database and two listeners. {@link antin.backbone.Backbone} is the list of parts. */
@NullMarked
package antin.backbone;

import org.jspecify.annotations.NullMarked;
