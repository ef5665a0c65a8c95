/**
 * When an action may start: the limits every window keeps, the windows a calendar offers, and the periods in which nothing
 * may start. Reads the calendar; decides nothing.
 */
package io.cordon.gate.windows;
