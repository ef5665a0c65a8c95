/** Process history for auditors: finds cases, running and over, and sets what the engine remembers of one beside what the log proves. Reads only. */
package io.cordon.web.history;
