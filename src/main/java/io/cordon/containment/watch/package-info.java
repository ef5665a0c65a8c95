/** Notices the isolations and releases that were made in Defender past Cordon, and sees to it that somebody owns them. */
package io.cordon.containment.watch;
