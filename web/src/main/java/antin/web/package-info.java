/** What all pages share: layout, look, languages, error pages, security headers. Everything a page loads lies in this module; nothing comes from other hosts. */
@NullMarked
package antin.web;

import org.jspecify.annotations.NullMarked;
