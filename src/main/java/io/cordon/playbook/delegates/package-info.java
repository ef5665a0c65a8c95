/** The beans that the models call: each reads the case from the business key, makes one call, and sets ids and enums. */
package io.cordon.playbook.delegates;
