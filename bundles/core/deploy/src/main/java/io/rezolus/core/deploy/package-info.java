/** Jars that come and go in a directory, each in the place of the bundle it is named after. */
package io.rezolus.core.deploy;
