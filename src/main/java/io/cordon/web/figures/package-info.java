/** How the hospital fares with Cordon over a time: how long things took, what was refused, overridden and escalated. Reads only, also tables of others. */
package io.cordon.web.figures;
