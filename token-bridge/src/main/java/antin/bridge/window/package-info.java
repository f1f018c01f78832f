/** What the person sees and answers: a page's wish, a certificate to choose, a PIN to enter. Texts are in Vietnamese and English at once; nothing here talks to a token or a page. */
@NullMarked
package antin.bridge.window;

import org.jspecify.annotations.NullMarked;
