/** The board of the SOC: which cases there are, how far each has come, and the clock that matters on it, kept fresh while somebody looks. */
package io.cordon.web.board;
