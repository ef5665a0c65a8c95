/** How long sealed material is kept, what keeps it longer, and how it goes. The evidence log itself is never shortened. */
package io.cordon.alerts.retention;
