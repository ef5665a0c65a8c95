/** Makes the record of a change for the change advisory board and for auditors, out of the evidence log. */
package io.cordon.web.cab;
