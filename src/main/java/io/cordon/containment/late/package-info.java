/** Looks for what Defender may still do under a permit that ended without anybody knowing: cancels it, and sees that somebody owns it. */
package io.cordon.containment.late;
