/** What Cordon is run for: live, to look on (shadow) or to exercise (drill). */
package io.cordon.platform.mode;
