/** Memory use and placement of the host, from the kernel's text files. */
package io.rezolus.samplers.memory;
