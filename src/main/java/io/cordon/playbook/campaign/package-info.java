/** One question about several machines: which they are, and how the SOC puts it together. Imports what playbook may. */
package io.cordon.playbook.campaign;
